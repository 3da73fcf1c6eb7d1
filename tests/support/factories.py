"""Small repositories whose agents and tools come from other modules than those that use them."""

from tests.support.discovered import Files

TS = "import { Agent, tool } from '@openai/agents';\n"
TOOLS = "def refund(x):\n    return x\n\ndef look(x):\n    return x\n"

SUBCLASSES = {
    "base.py": "from agents import Agent\nclass Base(Agent): ...\n",
    "mid.py": "from base import Base\nclass Mid(Base): ...\n",
    "app.py": "from mid import Mid\nx = Mid(name='Clerk')\n",
}

FACTORY = {
    "core/__init__.py": "",
    "core/base.py": "from agents import Agent\n\ndef build(name, tools):\n    return Agent(name=name, tools=tools)\n",
    "core/kit.py": "from core.base import build as make\n\ndef desk(name, tools=()):\n    return make(name, list(tools))\n",
    "app.py": "from core.kit import desk\n\ndef refund(x):\n    return x\n\none = desk('One', [refund])\ntwo = desk('Two')\n",
}
FACTORY_TS = {
    "core/base.ts": f"{TS}export function build(name: string, tools: any[]) {{\n  return new Agent({{ name, tools }});\n}}\n",
    "core/kit.ts": "import { build as make } from './base';\n"
    "export const desk = (name: string, tools = []) => make(name, tools);\n",
    "app.ts": "import { desk } from './core/kit';\nexport const one = desk('One');\nexport const two = desk('Two', []);\n",
}


APPENDED: dict[str, Files] = {
    "to a list": {
        "tools.py": "TOOLS = []\n",
        "more.py": f"from tools import TOOLS\n{TOOLS}TOOLS.append(refund)\n",
        "app.py": "from agents import Agent\nfrom tools import TOOLS\nimport more\nx = Agent(name='Desk', tools=TOOLS)\n",
    },
    "to a list of a module": {
        "tools.py": "TOOLS = []\n",
        "more.py": f"import tools\n{TOOLS}tools.TOOLS.extend([refund])\n",
        "app.py": "from agents import Agent\nimport tools\nx = Agent(name='Desk', tools=tools.TOOLS)\n",
    },
    "to a member": {
        "app.py": "from agents import Agent\ndesk = Agent(name='Desk', tools=[])\n",
        "more.py": f"from app import desk\n{TOOLS}desk.tools.append(refund)\n",
    },
    "as a member": {
        "app.py": "from agents import Agent\ndesk = Agent(name='Desk')\n",
        "more.py": f"import app\n{TOOLS}app.desk.tools = [refund]\n",
    },
    "to a list in TypeScript": {
        "tools.ts": "export const TOOLS: any[] = [];\n",
        "more.ts": f"{TS}import {{ TOOLS }} from './tools';\nTOOLS.push(tool({{ name: 'refund', execute: async () => 1 }}));\n",
        "app.ts": f"{TS}import {{ TOOLS }} from './tools';\nexport const x = new Agent({{ name: 'Desk', tools: TOOLS }});\n",
    },
}
