import type { RecipeInput } from '#core/portfolio/recipe.ts';

const recipe: RecipeInput = {
  source: { delimiter: ',' },
  tables: [
    {
      dataset: 'cookie_cats',
      key: 'userid',
      columns: {
        userid: { from: 'userid' },
        version: { from: 'version', codes: { gate_30: 'gate_30', gate_40: 'gate_40' } },
        sum_gamerounds: { from: 'sum_gamerounds', type: 'integer' },
        retention_1: { from: 'retention_1', type: 'boolean' },
        retention_7: { from: 'retention_7', type: 'boolean' },
      },
    },
  ],
};

export default {
  text: {
    title: { es: 'Prueba A/B de Cookie Cats', en: 'A/B test of Cookie Cats' },
    summary: {
      es: 'Una prueba de dos brazos (gate_30 y gate_40) con 90 189 jugadores: partidas en 14 días y si volvieron al día 1 y al 7. La unidad es userid. Un jugador tiene 49 854 partidas: se carga como está, y quien compare medias debe decir qué hace con él.',
      en: 'A test of two arms (gate_30 and gate_40) with 90,189 players: rounds in 14 days and whether they came back on day 1 and day 7. The unit is userid. One player has 49,854 rounds: loaded as it is, and whoever compares means must say what is done about it.',
    },
  },
  recipe,
};
