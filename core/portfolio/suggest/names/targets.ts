/** What a value must look like to be taken for a column. */
export type Kind =
  | 'key'
  | 'date'
  | 'money'
  | 'whole'
  | 'ratio'
  | 'yes or no'
  | 'currency'
  | 'country'
  | 'code'
  | 'text';

export interface Target {
  kind: Kind;
  /**
   * Meanings a name must hold, one pattern a string. A name that fits the first is surest; `~` marks one that
   * says little by itself.
   */
  names: readonly string[];
}

export interface TableTargets {
  /** Columns of which each set tells, when all of it is found, that the file holds this table. */
  evidence: readonly (readonly string[])[];
  columns: Readonly<Record<string, Target>>;
}

const target = (kind: Kind, ...names: string[]): Target => ({ kind, names });

const accountId = target(
  'key',
  'account number',
  'account id',
  'account',
  'loan id',
  'card number',
  'invoice number',
  'id~',
);
const customerId = target(
  'key',
  'customer id',
  'customer number',
  'customer document',
  'document number',
  'document',
  'customer',
  'id~',
);

/** What each column of the portfolio is called elsewhere. */
export const targets: Readonly<Record<string, TableTargets>> = {
  customers: {
    evidence: [
      ['customer_type'],
      ['jurisdiction'],
      ['customer_since'],
      ['birth_year'],
      ['sex'],
      ['education'],
      ['marital_status'],
      ['language'],
    ],
    columns: {
      customer_id: customerId,
      customer_type: target(
        'code',
        'customer type',
        'person type',
        'legal person',
        'legal',
        'type person',
        'type~',
      ),
      jurisdiction: target('country', 'country', 'country id', 'country customer'),
      time_zone: target('text', 'zone time', 'zone~'),
      language: target('text', 'language', 'language customer'),
      customer_since: target(
        'date',
        'date since',
        'customer since',
        'since customer date',
        'date opening customer',
      ),
      birth_year: target('whole', 'year birth', 'birth year'),
      sex: target('text', 'sex'),
      education: target('text', 'education', 'level education'),
      marital_status: target('text', 'marital status', 'marital'),
    },
  },
  accounts: {
    evidence: [
      ['product_type'],
      ['opened_on'],
      ['credit_limit'],
      ['original_amount'],
      ['rate'],
      ['charged_off_on'],
      ['secured'],
    ],
    columns: {
      account_id: accountId,
      customer_id: customerId,
      product_type: target(
        'text',
        'product',
        'product type',
        'product id',
        'account type',
        'type card',
        'loan type',
      ),
      opened_on: target(
        'date',
        'date opening',
        'date grant',
        'date opening account',
        'date grant account',
        'invoice date',
        'opening period',
        'opening account',
      ),
      currency: target('currency', 'currency', 'currency id', 'currency account', 'currency type'),
      credit_limit: target('money', 'limit', 'limit credit', 'limit amount', 'limit balance', 'limit card'),
      original_amount: target(
        'money',
        'amount original',
        'amount grant',
        'principal original',
        'balance original',
        'loan amount',
        'invoice amount',
        'principal~',
        'amount account',
        'loan~',
      ),
      rate: target('ratio', 'rate', 'rate annual', 'rate account', 'rate rate'),
      secured: target('yes or no', 'secured', 'secured account', 'secured type'),
      status: target('text', 'status account', 'status loan', 'status card'),
      charged_off_on: target('date', 'date chargeoff', 'chargeoff date account'),
    },
  },
  snapshots: {
    evidence: [['days_past_due'], ['as_of', 'balance'], ['as_of', 'arrears']],
    columns: {
      account_id: accountId,
      as_of: target(
        'date',
        'date cut',
        'period cut',
        'cut',
        'period',
        'date period',
        'date~',
        'period balance',
      ),
      balance: target(
        'money',
        'balance',
        'balance principal',
        'balance account',
        'balance amount',
        'bill amount',
        'amount balance',
        'balance cut',
      ),
      arrears: target(
        'money',
        'balance overdue',
        'amount overdue',
        'overdue',
        'principal overdue',
        'balance late',
        'amount late',
        'payment overdue',
        'late due amount',
        'instalment overdue amount',
      ),
      days_past_due: target(
        'whole',
        'days late',
        'days overdue',
        'dpd',
        'late days due',
        'days late account',
        'late',
      ),
      minimum_due: target(
        'money',
        'payment minimum',
        'minimum due',
        'amount minimum',
        'amount instalment',
        'instalment',
        'payment minimum amount',
        'payment minimum due',
        'minimum',
      ),
      status: target('text', 'status', 'status account', 'status loan'),
    },
  },
  payments: {
    evidence: [['paid_at', 'amount']],
    columns: {
      payment_id: target(
        'key',
        'payment id',
        'payment number',
        'transaction id',
        'transaction number',
        'transaction',
        'id~',
      ),
      account_id: accountId,
      paid_at: target(
        'date',
        'date payment',
        'date paid',
        'paid date',
        'payment date account',
        'date transaction',
        'paid',
      ),
      known_at: target('date', 'date transaction process', 'date cut payment'),
      amount: target(
        'money',
        'amount payment',
        'amount paid',
        'paid',
        'payment',
        'amount transaction',
        'amount~',
      ),
      method: target('text', 'method', 'method payment', 'channel payment', 'type payment'),
      reversed: target('yes or no', 'reversed', 'payment reversed', 'status reversed'),
    },
  },
  contacts: {
    evidence: [['channel', 'sent_at']],
    columns: {
      contact_id: target('key', 'contact id', 'contact number', 'id~'),
      customer_id: customerId,
      account_id: accountId,
      channel: target('code', 'channel', 'channel contact', 'type contact'),
      style: target('text', 'style', 'style contact'),
      template_id: target('text', 'template', 'template id'),
      sent_at: target('date', 'date contact', 'date sent', 'sent', 'date contact time', 'date~'),
      delivered: target('yes or no', 'delivered'),
      opened: target('yes or no', 'opened'),
      clicked: target('yes or no', 'clicked'),
      replied: target('yes or no', 'replied'),
      right_party: target('yes or no', 'right contact', 'right'),
      agent_id: target('text', 'agent', 'agent id', 'agent number'),
      cost: target('money', 'cost', 'cost contact', 'amount cost'),
    },
  },
  promises: {
    evidence: [['made_at', 'due_on', 'amount'], ['due_on', 'amount', 'kept'], ['promise_id']],
    columns: {
      promise_id: target('key', 'promise id', 'promise number'),
      account_id: accountId,
      made_at: target('date', 'date promise made', 'date made', 'date promise', 'made', 'date contact'),
      due_on: target(
        'date',
        'date promise due',
        'promise due',
        'date payment promise',
        'date promise',
        'date due',
      ),
      amount: target('money', 'amount promise', 'promise', 'amount payment promise', 'promise balance'),
      kept: target('yes or no', 'kept', 'promise kept'),
    },
  },
  placements: {
    evidence: [['agency', 'placed_on']],
    columns: {
      account_id: accountId,
      agency: target('text', 'agency', 'agency placement', 'agency name'),
      placed_on: target('date', 'date placement', 'date placement agency', 'placement'),
      balance_placed: target('money', 'balance placement', 'amount placement', 'balance~'),
      returned_on: target('date', 'date returned', 'date placement returned'),
    },
  },
  complaints: {
    evidence: [['complaint_id'], ['occurred_at', 'topic']],
    columns: {
      complaint_id: target('key', 'complaint id', 'complaint number', 'complaint'),
      customer_id: customerId,
      occurred_at: target('date', 'date complaint', 'date complaint made', 'date~'),
      channel: target('code', 'channel', 'channel complaint'),
      topic: target('text', 'topic', 'topic complaint', 'complaint type'),
    },
  },
  instalments: {
    evidence: [['due_on', 'amount']],
    columns: {
      account_id: accountId,
      due_on: target('date', 'date due', 'date due instalment', 'due', 'date instalment'),
      amount: target('money', 'amount instalment', 'instalment', 'amount due', 'amount due instalment'),
    },
  },
};
