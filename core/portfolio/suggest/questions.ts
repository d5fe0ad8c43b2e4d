import { tableNamed } from '../tables.ts';
import type { Question, TableSuggestion } from './suggestion.ts';
import type { FileStyle } from './values/style.ts';
import type { Wide } from './wide.ts';

/** What only a person can say of the tables proposed. */
export const ask = (
  suggested: readonly TableSuggestion[],
  wide: readonly Wide[],
  style: FileStyle,
): Question[] => [
  ...style.undecided.slice(0, 1).map(
    (column): Question => ({
      kind: 'day or month',
      table: null,
      column,
      text: {
        es: `Las fechas de «${style.undecided.join(', ')}» sirven como día/mes y como mes/día. ¿Cuál va primero?`,
        en: `The dates of "${style.undecided.join(', ')}" can be read day/month and month/day. Which comes first?`,
      },
    }),
  ),
  ...wide
    .filter(({ dated }) => !dated)
    .slice(0, 1)
    .map(
      ({ table, sources }): Question => ({
        kind: 'months',
        table,
        column: null,
        text: {
          es: `«${sources[0]}» y las que siguen son meses, pero sus nombres no dicen cuáles. ¿De qué mes es «${sources[0]}»?`,
          en: `"${sources[0]}" and those after it are months, but their names do not tell which. What month is "${sources[0]}"?`,
        },
      }),
    ),
  ...suggested.flatMap(({ table, missing }) => missing.map((column) => askFor(table, column))),
];

function askFor(table: string, column: string): Question {
  const described = tableNamed(table)?.columns[column];
  if (column === 'currency')
    return {
      kind: 'currency',
      table,
      column,
      text: {
        es: 'El archivo no dice la moneda. ¿En cuál están los importes? Sin moneda no se cargan.',
        en: 'The file does not tell the currency. Which are the amounts in? Without one they are not loaded.',
      },
    };
  if (described?.type === 'date' || described?.type === 'timestamp')
    return {
      kind: 'date',
      table,
      column,
      text: {
        es: `El archivo no trae «${described.about.es}» de ${table}. ¿De qué fecha son estas filas?`,
        en: `The file does not hold "${described.about.en}" of ${table}. What date are these rows of?`,
      },
    };
  return {
    kind: 'column',
    table,
    column,
    text: {
      es: `Falta «${described?.about.es}» de ${table}: elija su columna o un valor fijo.`,
      en: `"${described?.about.en}" of ${table} is missing: choose its column or a fixed value.`,
    },
  };
}
