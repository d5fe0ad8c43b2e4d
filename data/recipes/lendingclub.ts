import type { RecipeInput } from '#core/portfolio/recipe.ts';

const recipe: RecipeInput = {
  source: { delimiter: ',', empty: ['NA'] },
  tables: [{ dataset: 'lendingclub', columns: 'all' }],
};

export default {
  text: {
    title: { es: 'Préstamos de Lending Club (OpenIntro)', en: 'Loans of Lending Club (OpenIntro)' },
    summary: {
      es: '10 000 préstamos de 2018 con 55 columnas y su estado (loan_status: Current, Late, Charged Off…). No trae identificador ni fecha de corte: es un conjunto de datos y la unidad es la fila. Las tasas están en por ciento y los importes en dólares.',
      en: '10,000 loans of 2018 with 55 columns and their status (loan_status: Current, Late, Charged Off…). It holds no identifier and no cut-off date: it is a dataset and the unit is the row. Rates are in percent and amounts in dollars.',
    },
  },
  recipe,
};
