import type { RecipeInput } from '#core/portfolio/recipe.ts';

const invoice = { from: 'invoiceNumber' };
const customer = { from: 'customerID' };

const recipe: RecipeInput = {
  source: { delimiter: ',', dates: 'mdy' },
  tables: [
    {
      table: 'customers',
      columns: { customer_id: customer, customer_type: { constant: 'company' } },
      repeats: 'first',
    },
    {
      table: 'accounts',
      columns: {
        account_id: invoice,
        customer_id: customer,
        product_type: { constant: 'invoice' },
        opened_on: { from: 'InvoiceDate' },
        currency: { constant: 'USD' },
        original_amount: { from: 'InvoiceAmount' },
      },
    },
    {
      table: 'instalments',
      columns: { account_id: invoice, due_on: { from: 'DueDate' }, amount: { from: 'InvoiceAmount' } },
    },
    {
      table: 'payments',
      columns: {
        payment_id: invoice,
        account_id: invoice,
        paid_at: { from: 'SettledDate' },
        amount: { from: 'InvoiceAmount' },
        reversed: { constant: false },
      },
    },
    {
      table: 'flags',
      columns: {
        customer_id: customer,
        kind: { from: 'Disputed', codes: { Yes: 'dispute', No: null } },
        started_on: { from: 'InvoiceDate' },
        ended_on: { from: 'SettledDate' },
      },
      keep: [{ column: 'kind', in: ['dispute'] }],
      repeats: 'first',
    },
  ],
};

export default {
  text: {
    title: { es: 'Facturas por cobrar (muestra de IBM)', en: 'Accounts receivable (sample of IBM)' },
    summary: {
      es: '2 466 facturas de 100 empresas, 2012 y 2013; son datos de muestra de un proveedor. Cada factura es una cuenta con una sola cuota, a 30 días, y un pago entero el día en que se saldó (las fechas son mm/dd/aaaa). Supuestos: la moneda es USD, pues el archivo no la dice; una factura disputada marca a la empresa en disputa desde su fecha hasta que se salda. No hay saldos por fecha. countryCode no es un código ISO y se deja fuera.',
      en: '2,466 invoices of 100 companies, 2012 and 2013; sample data of a vendor. Each invoice is an account with one instalment, due in 30 days, and one payment in full on the day it was settled (dates are mm/dd/yyyy). Assumptions: the currency is USD, since the file does not tell it; a disputed invoice marks the company as in dispute from its date until it is settled. There are no balances by date. countryCode is no ISO code and is left out.',
    },
  },
  recipe,
};
