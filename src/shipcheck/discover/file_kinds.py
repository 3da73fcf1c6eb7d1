"""What the files of a repository are, by their names: read by a front end, in a language without one, not code, or not known.

The tables are data. A language is named by the word that the setting `code` uses for it.
"""

from typing import Literal, NamedTuple

Group = Literal["front_end", "language", "plain", "unknown"]


class FileKind(NamedTuple):
    """What a file is: the word of its kind, the same as reports print it, and how discovery treats it."""

    word: str
    title: str
    group: Group


class _Language(NamedTuple):
    """A language: its word, its title, the endings of its files, and whole names that have none."""

    word: str
    title: str
    endings: str
    names: str = ""


_FRONT_ENDS = (
    _Language("python", "Python", "py pyi pyw"),
    _Language("typescript", "TypeScript", "ts tsx mts cts"),
    _Language("javascript", "JavaScript", "js jsx mjs cjs"),
)
_LANGUAGES = (
    _Language("ada", "Ada", "adb ads"),
    _Language("apex", "Apex", "apex trigger"),
    _Language("applescript", "AppleScript", "applescript scpt"),
    _Language("assembly", "Assembly", "asm s"),
    _Language("astro", "Astro", "astro"),
    _Language("batch", "Batch", "bat cmd"),
    _Language("bazel", "Bazel", "bazel bzl star", "build workspace"),
    _Language("bicep", "Bicep", "bicep"),
    _Language("c", "C", "c h"),
    _Language("compiled", "Compiled programs", "apk class dll dylib egg exe jar msi o pyc pyd pyo so war whl"),
    _Language("clojure", "Clojure", "clj cljc cljs"),
    _Language("cmake", "CMake", "cmake", "cmakelists.txt"),
    _Language("cobol", "COBOL", "cbl cob cpy"),
    _Language("coffeescript", "CoffeeScript", "coffee"),
    _Language("cpp", "C++", "c++ cc cpp cxx h++ hh hpp hxx inl ipp"),
    _Language("crystal", "Crystal", "cr"),
    _Language("csharp", "C#", "cs csx cshtml razor"),
    _Language("cuda", "CUDA", "cu cuh"),
    _Language("cython", "Cython", "pxd pxi pyx"),
    _Language("d", "D", "d"),
    _Language("dart", "Dart", "dart"),
    _Language("elixir", "Elixir", "eex ex exs heex"),
    _Language("elm", "Elm", "elm"),
    _Language("erlang", "Erlang", "erl hrl"),
    _Language("fortran", "Fortran", "f f03 f08 f77 f90 f95 for"),
    _Language("fsharp", "F#", "fs fsi fsx"),
    _Language("gleam", "Gleam", "gleam"),
    _Language("go", "Go", "go"),
    _Language("groovy", "Groovy", "gradle groovy", "jenkinsfile"),
    _Language("haskell", "Haskell", "hs lhs"),
    _Language("html", "HTML", "htm html xhtml"),
    _Language("java", "Java", "java"),
    _Language("jsp", "JSP", "jsp jspx"),
    _Language("julia", "Julia", "jl"),
    _Language("kotlin", "Kotlin", "kt kts"),
    _Language("lisp", "Lisp", "el lisp lsp rkt scm"),
    _Language("lua", "Lua", "lua"),
    _Language("make", "Make", "mak mk", "gnumakefile justfile makefile"),
    _Language("matlab", "MATLAB", "mlx"),
    _Language("mdx", "MDX", "mdx"),
    _Language("mojo", "Mojo", "mojo"),
    _Language("nim", "Nim", "nim nims"),
    _Language("nix", "Nix", "nix"),
    _Language("notebook", "Notebooks", "ipynb rmd qmd"),
    _Language("objective_c", "Objective-C", "m mm"),
    _Language("ocaml", "OCaml", "ml mli"),
    _Language("pascal", "Pascal", "dpr lpr pas"),
    _Language("perl", "Perl", "perl pl pm"),
    _Language("php", "PHP", "php php5 phtml"),
    _Language("powershell", "PowerShell", "ps1 psd1 psm1"),
    _Language("prolog", "Prolog", "pro prolog"),
    _Language("r", "R", "r"),
    _Language("rego", "Rego", "rego"),
    _Language("ruby", "Ruby", "erb gemspec rake rb ru", "brewfile fastfile gemfile podfile rakefile vagrantfile"),
    _Language("rust", "Rust", "rs"),
    _Language("scala", "Scala", "sc scala"),
    _Language("shell", "Shell", "bash bats csh fish ksh sh zsh", ".bash_profile .bashrc .profile .zshrc"),
    _Language("solidity", "Solidity", "sol"),
    _Language("sql", "SQL", "ddl dml plsql psql sql"),
    _Language("svelte", "Svelte", "svelte"),
    _Language("swift", "Swift", "swift"),
    _Language("tcl", "Tcl", "tcl"),
    _Language("template", "Templates", "ejs ftl handlebars hbs j2 jinja jinja2 liquid mustache njk pug tpl twig"),
    _Language("terraform", "Terraform", "hcl tf tfvars"),
    _Language("verilog", "Verilog", "sv v vh vhd"),
    _Language("visual_basic", "Visual Basic", "bas vb vbs"),
    _Language("vue", "Vue", "vue"),
    _Language("webassembly", "WebAssembly", "wasm wat"),
    _Language("zig", "Zig", "zig"),
)
# Documents, data, pictures and settings: no program is written in them. The rules about files read some of them.
_PLAIN = _Language(
    "plain",
    "Other",
    "7z adoc ai aiff asc ass avi avif avro bib bin bmp br bz2 cer cert cfg conf config crt css csv cur dat db db3 dcm "
    "der diff doc docx dot drawio editorconfig eml env eot eps epub example fasta feather fig flac ggml gguf gif glb "
    "gltf gpg gql graphql gz h5 har hdf5 heic icns ico ics idx iml in ini jfif jpeg jpg json json5 jsonc jsonl keras key "
    "ldif less lock log map markdown md mdc messages mo mov mp3 mp4 mpg ndjson npy npz nsf odg odp ods odt ogg onnx orc "
    "otf out parquet patch pb pbtxt pdb pdf pem pfx pickle pkl plist png po pot ppt pptx prompt prompty properties proto "
    "ps psd pt pth pub rar rels resx rst rtf safetensors sass scss sha256 sig sln snap sqlite sqlite3 srt styl sum svg "
    "tab tar template tex text textproto tflite tgz tif tiff toml tsbuildinfo tsv ttf txt typed usda vcf vsd wav webm "
    "webmanifest webp woff woff2 work xls xlsm xlsx xmind xml xsd xsl xslt xz yaml yml zip zst",
    ".babelrc .browserslistrc .clang-format .coveragerc .cursorignore .cursorrules .dockerignore .dvcignore "
    ".editorconfig .env .eslintignore .eslintrc .flake8 .gcloudignore .gitattributes .gitignore .gitkeep .gitmodules "
    ".helmignore .keep .mailmap .markdownlintrc .node-version .nojekyll .npmignore .npmrc .nvmrc .nycrc .prettierignore "
    ".prettierrc .pylintrc .python-version .ruby-version .stylelintrc .swcrc .tool-versions .vercelignore "
    ".watchmanconfig .yamllint .yarnrc authors changelog changes codeowners containerfile contributing copying crontab "
    "dockerfile go.mod go.sum licence license maintainers manifest notice owners procfile py.typed readme version",
)
UNKNOWN = FileKind("unknown_extension", "unknown extension", "unknown")


def _kinds(group: Group, languages: tuple[_Language, ...]) -> tuple[dict[str, FileKind], dict[str, FileKind]]:
    """The kinds of a group by the endings of files, and by their whole names."""
    endings: dict[str, FileKind] = {}
    names: dict[str, FileKind] = {}
    for one in languages:
        kind = FileKind(one.word, one.title, group)
        endings.update(dict.fromkeys(one.endings.split(), kind))
        names.update(dict.fromkeys(one.names.split(), kind))
    return endings, names


_GROUPS = (_kinds("plain", (_PLAIN,)), _kinds("language", _LANGUAGES), _kinds("front_end", _FRONT_ENDS))
_ENDINGS = {ending: kind for endings, _ in _GROUPS for ending, kind in endings.items()}
_NAMES = {name: kind for _, names in _GROUPS for name, kind in names.items()}
LANGUAGE_WORDS = tuple(one.word for one in _LANGUAGES)


def kind_of(path: str) -> FileKind:
    """What the file at a path is, by its name alone."""
    name = path.rpartition("/")[2].lower()
    known = _NAMES.get(name)
    if known is not None:
        return known
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem:
        # `Dockerfile.dev` and `.env.local` are what comes before the dot; without a dot there is nothing to go by.
        return UNKNOWN
    return _ENDINGS.get(ending) or _NAMES.get(name.partition(".")[0] or f".{name.split('.')[1]}") or UNKNOWN
