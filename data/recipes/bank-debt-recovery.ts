import type { RecipeInput } from '#core/portfolio/recipe.ts';

const recipe: RecipeInput = {
  source: { delimiter: ',' },
  tables: [
    {
      dataset: 'bank_debt_recovery',
      key: 'id',
      columns: {
        id: { from: 'id' },
        expected_recovery_amount: { from: 'expected_recovery_amount', type: 'money' },
        actual_recovery_amount: { from: 'actual_recovery_amount', type: 'double' },
        recovery_strategy: { from: 'recovery_strategy' },
        age: { from: 'age', type: 'integer' },
        sex: { from: 'sex' },
      },
    },
  ],
};

export default {
  text: {
    title: { es: 'Recuperación de deuda castigada', en: 'Recovery of charged-off debt' },
    summary: {
      es: '1 882 deudas castigadas: lo que se esperaba recuperar, lo que se recuperó y la estrategia, que cambia al cruzar un monto esperado (1 000, 2 000, 3 000 y 5 000): sirve para una comparación por discontinuidad. No hay fechas ni moneda, así que no son tablas de la cartera. Lo recuperado trae tres decimales y se deja como número.',
      en: '1,882 charged-off debts: what was expected to be recovered, what was, and the strategy, which changes as the expected amount crosses a threshold (1,000, 2,000, 3,000 and 5,000): good for a comparison by discontinuity. There are no dates and no currency, so they are no tables of the portfolio. What was recovered has three decimals and is left a number.',
    },
  },
  recipe,
};
