import { sql } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';

/** Years of birth that give an age under 15 or over 110. */
const check: QualityCheck = {
  text: {
    title: { es: 'Edades imposibles', en: 'Impossible ages' },
    summary: { es: 'Menos de 15 años o más de 110.', en: 'Under 15 or over 110.' },
  },
  found: {
    es: '{affected, plural, one {# persona ({share, number, percent}) tendría} other {# personas ({share, number, percent}) tendrían}} menos de 15 años o más de 110.',
    en: '{affected, plural, one {# person ({share, number, percent})} other {# people ({share, number, percent})}} would be under 15 or over 110.',
  },
  clean: { es: 'Todas las edades son posibles.', en: 'Every age is possible.' },
  affects: {
    es: 'La vigilancia de trato igual por edad contaría mal a esas personas; los modelos no usan la edad.',
    en: 'Watching for equal treatment by age would miscount those people; models do not use age.',
  },
  advice: {
    es: 'Suelen ser valores de relleno (1900, 0) o empresas: cámbielos por vacío en el mapeo.',
    en: 'Most often fillers (1900, 0) or companies: turn them into empty values in the mapping.',
  },
  remedy: 'map',
  order: 90,
  remarkAbove: 0,
  probes: ({ dialect, today, isFilled }) =>
    isFilled('customers', 'birth_year')
      ? [
          {
            table: 'customers',
            column: 'birth_year',
            among: sql`t.birth_year IS NOT NULL`,
            where: sql`extract(year FROM ${dialect.date(today)}) - t.birth_year NOT BETWEEN 15 AND 110`,
          },
        ]
      : [],
};

export default check;
