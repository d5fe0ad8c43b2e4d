import { current } from '../../../sql/dialects/duckdb.ts';
import { sql } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';
import { countRows } from '../count.ts';

/** Years of birth that give an age under 15 or over 110. */
export const birthYear: QualityCheck = {
  id: 'birth_year',
  title: { es: 'Edades imposibles', en: 'Impossible ages' },
  found: {
    es: '{affected, number} personas ({share, number, percent}) tendrían menos de 15 años o más de 110.',
    en: '{affected, number} people ({share, number, percent}) would be under 15 or over 110.',
  },
  clean: { es: 'Todas las edades son posibles.', en: 'Every age is possible.' },
  remarkAbove: 0,
  probes: ({ dialect, today, isFilled }) =>
    isFilled('customers', 'birth_year')
      ? [
          {
            table: 'customers',
            column: 'birth_year',
            statement: countRows(
              dialect,
              current('customers'),
              sql`birth_year IS NOT NULL AND extract(year FROM ${dialect.date(today)}) - birth_year NOT BETWEEN 15 AND 110`,
            ),
          },
        ]
      : [],
};
