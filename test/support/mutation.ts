/** The text of a mutation that takes its one `input` as a variable. */
export const mutationOf = (name: string, fields = '__typename'): string =>
  `mutation ($input: ${name[0].toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fields} } }`;
