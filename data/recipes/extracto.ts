import type { RecipeInput } from '#core/portfolio/recipe.ts';
import { balances, source } from './spanish-extract.ts';

const recipe: RecipeInput = { source, tables: balances };

export default {
  text: {
    title: { es: 'Extracto mensual de cartera', en: 'Monthly portfolio extract, Spanish' },
    summary: {
      es: 'Una fila por cuenta y corte, separada por punto y coma, con coma decimal y fechas dd/mm/aaaa, en UTF-8 o Windows-1252. Columnas: Cuenta, Cliente, Tipo (N o J), País, Producto, Fecha apertura, Moneda, Cupo, Fecha corte, Saldo, Saldo vencido, Días mora, Pago mínimo.',
      en: 'One row per account and cut-off date, delimited by semicolons, with decimal commas and dd/mm/yyyy dates, in UTF-8 or Windows-1252. Columns: Cuenta, Cliente, Tipo (N or J), País, Producto, Fecha apertura, Moneda, Cupo, Fecha corte, Saldo, Saldo vencido, Días mora, Pago mínimo.',
    },
  },
  recipe,
};
