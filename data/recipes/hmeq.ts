import type { RecipeInput } from '#core/portfolio/recipe.ts';

const names = ['MORTDUE', 'VALUE', 'YOJ', 'DEROG', 'DELINQ', 'CLAGE', 'NINQ', 'CLNO', 'DEBTINC'];

const recipe: RecipeInput = {
  source: { delimiter: ',' },
  tables: [
    {
      dataset: 'hmeq',
      columns: {
        bad: { from: 'BAD', type: 'integer' },
        loan: { from: 'LOAN', type: 'double' },
        reason: { from: 'REASON' },
        job: { from: 'JOB' },
        ...Object.fromEntries(names.map((from) => [from.toLowerCase(), { from, type: 'double' as const }])),
      },
    },
  ],
};

export default {
  text: {
    title: { es: 'Préstamos sobre vivienda (HMEQ)', en: 'Home equity loans (HMEQ)' },
    summary: {
      es: '5 960 préstamos con su resultado: bad es 1 si hubo impago grave. No trae identificador, fechas ni moneda: es un conjunto de datos y la unidad es la fila. Lo vacío queda vacío: que falte debtinc ya dice mucho del resultado, así que conviene mirarlo antes de rellenarlo.',
      en: '5,960 loans with their outcome: bad is 1 where there was serious default. It holds no identifier, dates or currency: it is a dataset and the unit is the row. Blanks stay blank: that debtinc is missing says much of the outcome by itself, so look before filling it in.',
    },
  },
  recipe,
};
