import type { RecipeInput } from '#core/portfolio/recipe.ts';

const recipe: RecipeInput = {
  source: { delimiter: ',' },
  tables: [
    {
      dataset: 'hillstrom',
      columns: {
        recency: { from: 'recency', type: 'integer' },
        history_segment: { from: 'history_segment' },
        history: { from: 'history', type: 'money' },
        mens: { from: 'mens', type: 'integer' },
        womens: { from: 'womens', type: 'integer' },
        zip_code: { from: 'zip_code' },
        newbie: { from: 'newbie', type: 'integer' },
        channel: { from: 'channel' },
        segment: {
          from: 'segment',
          codes: { 'No E-Mail': 'none', 'Mens E-Mail': 'mens', 'Womens E-Mail': 'womens' },
        },
        visit: { from: 'visit', type: 'integer' },
        conversion: { from: 'conversion', type: 'integer' },
        spend: { from: 'spend', type: 'money' },
      },
    },
  ],
};

export default {
  text: {
    title: { es: 'Mensajes de Hillstrom (MineThatData)', en: 'E-mails of Hillstrom (MineThatData)' },
    summary: {
      es: 'Un experimento real de tres brazos: 64 000 clientes repartidos al azar entre ningún correo (none), uno de ropa de hombre (mens) y uno de ropa de mujer (womens), y lo que pasó en dos semanas: visit, conversion (0 o 1) y spend. No trae identificador: la unidad es la fila, y las filas iguales son personas distintas y se conservan todas. spend e history se toman como dólares.',
      en: 'A real experiment of three arms: 64,000 customers assigned at random to no e-mail (none), one of men’s clothing (mens) and one of women’s (womens), and what happened in two weeks: visit, conversion (0 or 1) and spend. It holds no identifier: the unit is the row, and equal rows are different people and all kept. spend and history are taken as dollars.',
    },
  },
  recipe,
};
