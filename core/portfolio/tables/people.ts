import { boolean, code, date, double, integer, required, type Table, text, timestamp } from '../column.ts';

export const channels = ['sms', 'email', 'whatsapp', 'call', 'letter'] as const;
export type Channel = (typeof channels)[number];

export const flagKinds = [
  'dispute',
  'hardship',
  'vulnerable',
  'deceased',
  'insolvent',
  'cease_contact',
  'plan',
] as const;

export const bases = ['consent', 'contract', 'legitimate_interest', 'statutory'] as const;

export const customers: Table = {
  name: 'customers',
  key: ['customer_id'],
  about: { es: 'Personas o empresas que deben', en: 'People or companies that owe' },
  columns: {
    customer_id: text('Identificador del cliente', 'Customer identifier', required),
    customer_type: text('Persona o empresa', 'Person or company', { values: ['person', 'company'] }),
    jurisdiction: text(
      'País ISO 3166, con región si hace falta',
      'ISO 3166 country, with region if needed',
      code,
    ),
    time_zone: text('Zona horaria IANA', 'IANA time zone'),
    language: text('Idioma ISO 639', 'ISO 639 language'),
    customer_since: date('Cliente desde', 'Customer since'),
    birth_year: integer('Año de nacimiento', 'Year of birth', { tag: 'protected', minimum: 1880 }),
    sex: text('Sexo', 'Sex', { tag: 'protected' }),
    education: text('Estudios', 'Education', { tag: 'protected' }),
    marital_status: text('Estado civil', 'Marital status', { tag: 'protected' }),
  },
};

export const accountParties: Table = {
  name: 'account_parties',
  key: ['account_id', 'customer_id'],
  about: { es: 'Quién responde por cada cuenta', en: 'Who answers for each account' },
  columns: {
    account_id: text('Cuenta', 'Account', required),
    customer_id: text('Persona', 'Person', required),
    role: text('Papel', 'Role', { ...required, values: ['holder', 'co_debtor', 'guarantor'] }),
    contactable: boolean('Se le puede escribir', 'May be addressed'),
  },
};

export const contactPermissions: Table = {
  name: 'contact_permissions',
  key: ['customer_id', 'channel'],
  about: { es: 'Base para usar cada canal', en: 'Basis for using each channel' },
  columns: {
    customer_id: text('Persona', 'Person', required),
    channel: text('Canal', 'Channel', { ...required, values: channels }),
    basis: text('Base', 'Basis', { ...required, values: bases }),
    granted_at: timestamp('Desde', 'Granted', required),
    revoked_at: timestamp('Retirada', 'Revoked'),
    source: text('Origen', 'Source'),
  },
};

export const contactPoints: Table = {
  name: 'contact_points',
  key: ['customer_id', 'channel'],
  about: { es: 'Dirección por canal', en: 'Address for each channel' },
  columns: {
    customer_id: text('Persona', 'Person', required),
    channel: text('Canal', 'Channel', { ...required, values: channels }),
    address: text('Dirección', 'Address', { tag: 'secret' }),
    valid: boolean('Válida', 'Valid', required),
    verified_at: timestamp('Verificada', 'Verified'),
    source: text('Origen', 'Source'),
  },
};

export const flags: Table = {
  name: 'flags',
  key: ['customer_id', 'kind', 'started_on'],
  about: { es: 'Marcas que cambian el trato', en: 'Flags that change how a person is treated' },
  columns: {
    customer_id: text('Persona', 'Person', required),
    kind: text('Clase', 'Kind', { ...required, values: flagKinds }),
    started_on: date('Desde', 'Started', required),
    ended_on: date('Hasta', 'Ended'),
  },
};

export const holdoutKinds = ['no_contact'] as const;

export const holdouts: Table = {
  name: 'holdouts',
  key: ['customer_id', 'kind', 'started_on'],
  about: {
    es: 'Personas elegidas al azar a quienes se deja aparte, para saber qué pasa sin gestión',
    en: 'People drawn at random who are left aside, to know what happens without collection',
  },
  columns: {
    customer_id: text('Persona', 'Person', required),
    started_on: date('Desde', 'Started', required),
    ended_on: date('Hasta, sin incluirlo', 'Until, not included'),
    share: double('Parte de las personas que se eligió (0,02 = 2 %)', 'Share of people drawn (0.02 = 2 %)', {
      minimum: 0,
    }),
    kind: text('De qué se les deja aparte', 'What they are left out of', {
      ...required,
      values: holdoutKinds,
    }),
    source: text('Quién los eligió', 'Who drew them'),
  },
};

export const complaints: Table = {
  name: 'complaints',
  key: ['complaint_id'],
  about: { es: 'Quejas', en: 'Complaints' },
  columns: {
    complaint_id: text('Queja', 'Complaint', required),
    customer_id: text('Persona', 'Person', required),
    occurred_at: timestamp('Cuándo', 'When', required),
    channel: text('Canal', 'Channel', { values: channels }),
    topic: text('Asunto', 'Topic'),
  },
};
