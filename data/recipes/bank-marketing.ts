import type { RecipeInput } from '#core/portfolio/recipe.ts';

const number = (from: string) => ({ from, type: 'double' as const });
const whole = (from: string) => ({ from, type: 'integer' as const });

const recipe: RecipeInput = {
  source: { delimiter: ';' },
  tables: [
    {
      dataset: 'bank_marketing',
      late: ['duration'],
      columns: {
        age: whole('age'),
        job: { from: 'job' },
        marital: { from: 'marital' },
        education: { from: 'education' },
        default: { from: 'default' },
        housing: { from: 'housing' },
        loan: { from: 'loan' },
        contact: { from: 'contact' },
        month: { from: 'month' },
        day_of_week: { from: 'day_of_week' },
        duration: whole('duration'),
        campaign: whole('campaign'),
        pdays: { from: 'pdays', codes: { '999': null }, otherwise: 'keep', type: 'integer' },
        previous: whole('previous'),
        poutcome: { from: 'poutcome' },
        emp_var_rate: number('emp.var.rate'),
        cons_price_idx: number('cons.price.idx'),
        cons_conf_idx: number('cons.conf.idx'),
        euribor3m: number('euribor3m'),
        nr_employed: number('nr.employed'),
        y: { from: 'y', type: 'boolean' },
      },
    },
  ],
};

export default {
  text: {
    title: { es: 'Llamadas de un banco (UCI 222)', en: 'Calls of a bank (UCI 222)' },
    summary: {
      es: '41 188 llamadas de un banco portugués, mayo de 2008 a noviembre de 2010, en orden de fecha; y dice si el cliente contrató el depósito. No trae identificador: la unidad es la llamada y las 12 filas repetidas se conservan. duration se marca como conocida solo después de la llamada: usarla para predecir es una fuga. pdays 999 («nunca se le llamó») queda vacío. «unknown» se deja como valor. El canal (contact) no se repartió al azar.',
      en: '41,188 calls of a Portuguese bank, May 2008 to November 2010, in order of date; y says whether the client took the deposit. It holds no identifier: the unit is the call and the 12 repeated rows are kept. duration is marked as known only after the call: to predict with it is a leak. pdays 999 ("never called before") is left empty. "unknown" stays a value. The channel (contact) was not randomised.',
    },
  },
  recipe,
};
