import type { RecipeInput } from '#core/portfolio/recipe.ts';
import { balances, source } from './spanish-extract.ts';

const recipe: RecipeInput = {
  source,
  tables: [
    ...balances,
    {
      table: 'payments',
      columns: {
        payment_id: { join: [{ from: 'Cuenta' }, { text: '/' }, { from: 'Fecha último pago' }] },
        account_id: { from: 'Cuenta' },
        paid_at: { from: 'Fecha último pago' },
        amount: { from: 'Valor último pago' },
        reversed: { constant: false },
      },
      keep: [{ column: 'amount', above: 0 }],
      repeats: 'first',
    },
  ],
};

export default {
  text: {
    title: {
      es: 'Extracto mensual con el último pago',
      en: 'Monthly extract with the last payment, Spanish',
    },
    summary: {
      es: 'Una fila por cuenta y corte, separada por punto y coma, con coma decimal y fechas dd/mm/aaaa, en UTF-8 o Windows-1252. Columnas: Cuenta, Cliente, Tipo (N o J), País, Producto, Fecha apertura, Moneda, Cupo, Fecha corte, Saldo, Saldo vencido, Días mora, Pago mínimo, Fecha último pago, Valor último pago. Cada último pago distinto es un pago; si hubo dos el mismo día, el extracto trae uno solo.',
      en: 'One row per account and cut-off date, delimited by semicolons, with decimal commas and dd/mm/yyyy dates, in UTF-8 or Windows-1252. Columns: Cuenta, Cliente, Tipo (N or J), País, Producto, Fecha apertura, Moneda, Cupo, Fecha corte, Saldo, Saldo vencido, Días mora, Pago mínimo, Fecha último pago, Valor último pago. Each different last payment is a payment; of two on one day the extract holds only one.',
    },
  },
  recipe,
};
