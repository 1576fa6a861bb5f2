export interface DescribedOption {
  /** With its dashes. */
  readonly name: string;
  readonly description: string;
  readonly takesValue: boolean;
}

export interface DescribedCommand {
  /** Empty for the program itself. */
  readonly name: string;
  readonly description: string;
  readonly options: readonly DescribedOption[];
  /** The name of its first argument; null if it takes none. */
  readonly argument: string | null;
}

/** Everything that there is to complete. */
export interface Completion {
  readonly commands: readonly DescribedCommand[];
  /** The values of options, by their names; options without any take what the shell offers: files. */
  readonly choices: Readonly<Record<string, readonly string[]>>;
  /** The values of arguments, by their names. */
  readonly argumentChoices: Readonly<Record<string, readonly string[]>>;
}

/** For bash 3.2 and newer, without the bash-completion package. */
export function bashScript({ commands, choices, argumentChoices }: Completion): string {
  const names = commands.flatMap(({ name }) => (name === "" ? [] : [name]));
  const values = Object.entries(choices).map(([option, words]) => `    ${option}) words=${list(words)} ;;`);
  const others = commands
    .flatMap(({ options }) => options)
    .filter(({ name, takesValue }) => takesValue && choices[name] === undefined);
  const free = [...new Set(others.map(({ name }) => name))].join("|");
  const options = commands.map(
    ({ name, options: own }) => `      ${quote(name)}) words=${list(own.map((one) => one.name))} ;;`,
  );
  const positional = commands.flatMap(({ name, argument }) => {
    const words = argumentChoices[argument ?? ""];
    return words ? [`      ${name}) words=${list(words)} ;;`] : [];
  });
  return `# bash completion for bridgemod
_bridgemod() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command= words= word
  # bash takes \`--set=all\` for three words.
  if [[ $current == "=" ]]; then
    current=
  elif [[ $previous == "=" ]]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in ${names.join("|")}) command=$word; break ;; esac
  done
  case $previous in
${values.join("\n")}
    ${free}) return ;;
    *)
      if [[ $current == -* ]]; then
        case $command in
${options.join("\n").replaceAll(/^/gm, "    ")}
        esac
      else
        case $command in
          '') [[ $COMP_CWORD -eq 1 ]] && words=${list(names)} ;;
${positional.join("\n").replaceAll(/^/gm, "    ")}
        esac
      fi ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o bashdefault -o default -F _bridgemod bridgemod
`;
}

/** To be put into a directory of `fpath` as `_bridgemod`, or to be sourced. */
export function zshScript({ commands, choices, argumentChoices }: Completion): string {
  const spec = ({ name, description, takesValue }: DescribedOption) => {
    const value = takesValue ? `:value:${zshWords(choices[name])}` : "";
    return quote(`${name}[${description.replaceAll(/[[\]:]/g, "\\$&")}]${value}`);
  };
  const cases = commands.map(({ name, options, argument }) => {
    const rest = argument === null ? [] : [quote(`*:${argument}:${zshWords(argumentChoices[argument])}`)];
    return `    (${name === "" ? "''" : name}) _arguments -S ${[...options.map(spec), ...rest].join(" ")} ;;`;
  });
  const named = commands.filter(({ name }) => name !== "");
  const described = named.map(({ name, description }) => quote(`${name}:${description}`));
  return `#compdef bridgemod
_bridgemod() {
  local command=
  local -a commands=(${described.join(" ")})
  if (( CURRENT > 2 )) && [[ -n \${(M)commands:#\${words[2]}:*} ]]; then
    command=\${words[2]}
    shift words
    (( CURRENT -= 1 ))
  elif (( CURRENT == 2 )) && [[ \${words[2]} != -* ]]; then
    _describe -t commands command commands
    _files
    return
  fi
  case $command in
${cases.join("\n")}
  esac
}
if [[ \${funcstack[1]} == _bridgemod ]]; then _bridgemod "$@"; else compdef _bridgemod bridgemod; fi
`;
}

export function fishScript({ commands, choices, argumentChoices }: Completion): string {
  const lines = commands.flatMap(({ name, description, options, argument }) => {
    const when = name === "" ? "__fish_use_subcommand" : `__fish_seen_subcommand_from ${name}`;
    const start = `complete -c bridgemod -n ${fishQuote(when)}`;
    const own =
      name === ""
        ? []
        : [`complete -c bridgemod -n __fish_use_subcommand -a ${name} -d ${fishQuote(description)}`];
    const words = argumentChoices[argument ?? ""];
    const positional = words ? [`${start} -f -a ${fishQuote(words.join(" "))}`] : [];
    const flags = options.map((option) => {
      const values = choices[option.name];
      const value = values ? ` -x -a ${fishQuote(values.join(" "))}` : option.takesValue ? " -r" : "";
      return `${start} -l ${option.name.slice(2)}${value} -d ${fishQuote(option.description)}`;
    });
    return [...own, ...positional, ...flags];
  });
  return `# fish completion for bridgemod\n${lines.join("\n")}\n`;
}

function zshWords(words: readonly string[] | undefined): string {
  return words ? `(${words.join(" ")})` : "_files";
}

function list(words: readonly string[]): string {
  return quote(words.join(" "));
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function fishQuote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, "\\$&")}'`;
}
