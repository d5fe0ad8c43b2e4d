import type { Column, Table } from '#core/portfolio/column.ts';
import { tables } from '#core/portfolio/tables.ts';

const notes = (column: Column): string =>
  [
    column.required ? 'required' : '',
    column.values ? `one of ${column.values.map((value) => `\`${value}\``).join(', ')}` : '',
    column.minimum === undefined ? '' : `≥ ${column.minimum}`,
    column.defaultTo ? `when absent: \`${column.defaultTo}\`` : '',
    column.tag ?? '',
  ]
    .filter((note) => note !== '')
    .join('; ');

const section = (table: Table): string => `## ${table.name}

${table.about.en} · *${table.about.es}*. Key: ${table.key.map((column) => `\`${column}\``).join(', ')}.

| column | type | meaning | *significado* | notes |
| --- | --- | --- | --- | --- |
${Object.entries(table.columns)
  .map(
    ([name, column]) =>
      `| \`${name}\` | ${column.type} | ${column.about.en} | *${column.about.es}* | ${notes(column)} |`,
  )
  .join('\n')}
`;

/** The dictionary of the canonical tables, as Markdown. */
export const dictionary = (): string => `# Dictionary · Diccionario

Written from \`core/portfolio/tables\` by \`npx tsx data/dictionary.ts > data/DICTIONARY.md\`; a test fails when it is out of date.
Money is an exact decimal(18,2); timestamps are UTC; a \`personal\` column is masked without permission, a \`protected\`
one stays out of models, a \`secret\` one is stored encrypted.

${tables.map(section).join('\n')}`;

if (process.argv[1]?.endsWith('data/dictionary.ts')) process.stdout.write(dictionary());
