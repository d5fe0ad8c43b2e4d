import {
  boolean,
  code,
  date,
  double,
  integer,
  money,
  required,
  type Table,
  text,
  timestamp,
} from '../column.ts';

const known = { defaultTo: 'paid_at' };

export const accounts: Table = {
  name: 'accounts',
  key: ['account_id'],
  about: { es: 'Cuentas', en: 'Accounts' },
  columns: {
    account_id: text('Cuenta', 'Account', required),
    customer_id: text('Titular', 'Holder', required),
    product_type: text('Producto', 'Product'),
    opened_on: date('Apertura', 'Opened'),
    currency: text('Moneda ISO 4217', 'ISO 4217 currency', { ...required, ...code }),
    credit_limit: money('Cupo', 'Credit limit', { minimum: 0 }),
    original_amount: money('Monto original', 'Original amount', { minimum: 0 }),
    rate: double('Tasa anual (0,25 = 25 %)', 'Annual rate (0.25 = 25 %)'),
    secured: boolean('Con garantía', 'Secured'),
    status: text('Estado', 'Status'),
    charged_off_on: date('Castigada el', 'Charged off on'),
  },
};

export const snapshots: Table = {
  name: 'snapshots',
  key: ['account_id', 'as_of'],
  about: { es: 'Saldos y mora a una fecha', en: 'Balances and days past due on a date' },
  columns: {
    account_id: text('Cuenta', 'Account', required),
    as_of: date('Fecha', 'Date', required),
    balance: money('Saldo', 'Balance'),
    arrears: money('Vencido', 'Arrears', { minimum: 0 }),
    days_past_due: integer('Días de mora', 'Days past due', { ...required, minimum: 0 }),
    minimum_due: money('Pago mínimo', 'Minimum due', { minimum: 0 }),
    status: text('Estado', 'Status'),
  },
};

export const payments: Table = {
  name: 'payments',
  key: ['payment_id'],
  about: { es: 'Pagos', en: 'Payments' },
  columns: {
    payment_id: text('Pago', 'Payment', required),
    account_id: text('Cuenta', 'Account', required),
    paid_at: timestamp('Pagado', 'Paid', required),
    known_at: timestamp('Conocido', 'Known', known),
    amount: money('Importe', 'Amount', required),
    method: text('Medio', 'Method'),
    reversed: boolean('Devuelto', 'Reversed'),
  },
};

export const instalments: Table = {
  name: 'instalments',
  key: ['account_id', 'due_on'],
  about: { es: 'Cuotas', en: 'Instalments' },
  columns: {
    account_id: text('Cuenta', 'Account', required),
    due_on: date('Vence', 'Due', required),
    amount: money('Importe', 'Amount', { ...required, minimum: 0 }),
  },
};

export const adjustments: Table = {
  name: 'adjustments',
  key: ['account_id', 'occurred_at', 'kind'],
  about: { es: 'Ajustes', en: 'Adjustments' },
  columns: {
    account_id: text('Cuenta', 'Account', required),
    occurred_at: timestamp('Cuándo', 'When', required),
    kind: text('Clase', 'Kind', {
      ...required,
      values: ['re_age', 'refund', 'write_off', 'restructuring', 'correction'],
    }),
    amount: money('Importe', 'Amount', required),
  },
};

export const placements: Table = {
  name: 'placements',
  key: ['account_id', 'agency', 'placed_on'],
  about: { es: 'Entregas a agencias', en: 'Placements with agencies' },
  columns: {
    account_id: text('Cuenta', 'Account', required),
    agency: text('Agencia', 'Agency', required),
    placed_on: date('Entregada', 'Placed', required),
    balance_placed: money('Saldo entregado', 'Balance placed', { ...required, minimum: 0 }),
    returned_on: date('Devuelta', 'Returned'),
  },
};

export const costs: Table = {
  name: 'costs',
  key: ['cost_id'],
  about: { es: 'Costos de cobranza', en: 'Costs of collecting' },
  columns: {
    cost_id: text('Costo', 'Cost', required),
    occurred_at: timestamp('Cuándo', 'When', required),
    account_id: text('Cuenta', 'Account'),
    agency: text('Agencia', 'Agency'),
    kind: text('Clase', 'Kind', required),
    amount: money('Importe', 'Amount', required),
    currency: text('Moneda ISO 4217', 'ISO 4217 currency', { ...required, ...code }),
  },
};

export const exchangeRates: Table = {
  name: 'exchange_rates',
  key: ['currency', 'quote_currency', 'valid_on'],
  about: { es: 'Tasas de cambio con su fecha', en: 'Exchange rates with their date' },
  columns: {
    currency: text('Moneda que se convierte, ISO 4217', 'Currency that is turned, ISO 4217', {
      ...required,
      ...code,
    }),
    quote_currency: text('Moneda en que queda, ISO 4217', 'Currency it is turned into, ISO 4217', {
      ...required,
      ...code,
    }),
    valid_on: date('Vale desde', 'Valid from', required),
    rate: double(
      'Cuántas unidades de la segunda da una de la primera',
      'Units of the second that one of the first gives',
      {
        ...required,
        minimum: 0,
      },
    ),
  },
};
