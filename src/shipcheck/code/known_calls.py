"""Calls of the languages' own libraries that give what they are given, or what the environment has."""

# Callables that give one of their arguments, or a copy of it: its position.
SAME = {
    "builtins.list": 0, "builtins.tuple": 0, "builtins.set": 0, "builtins.frozenset": 0, "builtins.sorted": 0,
    "builtins.reversed": 0, "builtins.iter": 0, "builtins.str": 0, "copy.copy": 0, "copy.deepcopy": 0, "typing.cast": 1,
    "textwrap.dedent": 0, "inspect.cleandoc": 0, "pydantic.Field": 0, "dataclasses.field": 0, "pydantic.SecretStr": 0,
    "global:Array.from": 0, "global:Object.freeze": 0, "global:String": 0, "global:Promise.resolve": 0,
    "global:structuredClone": 0, "global:Object.values": 0, "contextlib.nullcontext": 0,
    "util:promisify": 0, "asyncio.run": 0, "asyncio.wait_for": 0, "asyncio.shield": 0, "asyncio.create_task": 0,
    "asyncio.ensure_future": 0,
}  # fmt: skip
# Arguments by name that such a call may take its value from.
SAME_BY_NAME = {"pydantic.Field": "default", "dataclasses.field": "default"}
# Callables and members whose value the environment decides, with the position of the default.
ENVIRONMENT = {"os.getenv": 1, "os.environ.get": 1, "os.environ.setdefault": 1, "decouple.config": 1}
ENVIRONMENT_MEMBERS = frozenset(
    {"os.environ", "global:process.env", "global:import.meta.env", "global:Deno.env", "global:Bun.env"}
)
PARTIAL = frozenset({"functools.partial"})
# Callables that call one of their arguments with those behind it: its position.
CALLS = {
    "asyncio.to_thread": 0, "asyncio.get_event_loop.run_in_executor": 1, "asyncio.get_running_loop.run_in_executor": 1,
    "asyncio.new_event_loop.run_in_executor": 1, "contextvars.copy_context.run": 0,
    "concurrent.futures.ThreadPoolExecutor.submit": 0,
}  # fmt: skip
MAKES_RECORD = frozenset({"builtins.dict", "global:Object.assign"})
ENUMERATES = frozenset({"builtins.enumerate", "builtins.zip"})
PAIRS = frozenset({"global:Object.entries"})
MAPS = frozenset({"builtins.map"})
JOINS = frozenset({"itertools.chain"})
FILTERS = frozenset({"builtins.filter"})
AWAITS_ALL = frozenset({"asyncio.gather", "global:Promise.all"})
