import { type Channel, channels } from '../../portfolio/tables/people.ts';
import { armFact, channelFact, factColumn, scoreColumn } from '../../segment/columns.ts';
import type { Text } from '../../text/text.ts';

/** Where the value of an attribute comes from. */
export type AttributeSource =
  /** The name of the segment. */
  | { is: 'segment' }
  /** A fact of the person's account longest overdue. */
  | { is: 'fact'; fact: string }
  /** A sum over the person's accounts of the segment in the currency of the one longest overdue. */
  | { is: 'sum'; fact: string }
  | { is: 'accounts' }
  /** The person's arm, or what stands for it; of an experiment that no longer runs, nothing. */
  | { is: 'arm'; experiment: string; running: boolean; as: ReadonlyMap<string, string> | null }
  | { is: 'address'; channel: Channel };

/** Something a person's profile at a receiver may hold. */
export interface Attribute {
  name: string;
  type: 'text' | 'number' | 'money';
  title: Text;
  /** Leaves only by a destination that says it carries personal data. */
  personal: boolean;
  source: AttributeSource;
}

/** What there is in one workspace to make attributes of. */
export interface AttributeSources {
  models: readonly { model: string; title: Text | undefined }[];
  experiments: readonly {
    id: string;
    name: string;
    running: boolean;
    /** Styles of each arm's messages. */
    styles: ReadonlyMap<string, string>;
  }[];
}

const facts = [
  'days_past_due',
  'bucket',
  'product_type',
  'account_age_months',
  'customer_tenure_months',
  'customer_type',
  'country',
  'language',
] as const;
const sums = ['arrears', 'balance', 'minimum_due'] as const;

const plain = (name: string, type: Attribute['type'], title: Text, source: AttributeSource): Attribute => ({
  name,
  type,
  title,
  personal: false,
  source,
});

const titleOf = (fact: string): Text => factColumn(fact)?.title ?? { es: fact, en: fact };

/** A name that receivers take as a column or a property: letters, digits and underscores. */
const asName = (text: string): string => text.replace(/[^A-Za-z0-9]+/g, '_');

const addressTitles: Record<Channel, Text> = {
  sms: { es: 'número para SMS', en: 'number for SMS' },
  email: { es: 'correo electrónico', en: 'e-mail address' },
  whatsapp: { es: 'número de WhatsApp', en: 'WhatsApp number' },
  call: { es: 'número para llamadas', en: 'number for calls' },
  letter: { es: 'dirección postal', en: 'postal address' },
};

const fixed: readonly Attribute[] = [
  plain('segment', 'text', { es: 'segmento', en: 'segment' }, { is: 'segment' }),
  plain('currency', 'text', titleOf('currency'), { is: 'fact', fact: 'currency' }),
  ...sums.map((name) => plain(name, 'money', titleOf(name), { is: 'sum', fact: name })),
  ...facts.map((name) =>
    plain(name, factColumn(name)?.type === 'number' ? 'number' : 'text', titleOf(name), {
      is: 'fact',
      fact: name,
    }),
  ),
  plain(
    'accounts',
    'number',
    { es: 'cuentas en el segmento', en: 'accounts in the segment' },
    { is: 'accounts' },
  ),
  plain(
    'best_channel',
    'text',
    { es: 'canal que mejor funciona', en: 'best channel' },
    {
      is: 'fact',
      fact: channelFact,
    },
  ),
];

/**
 * All that may leave of a person as attributes, and nothing else: flags, protected attributes and free text are not among
 * them. Amounts go with `currency`: they are of the accounts of the segment in the currency of the person's account longest overdue,
 * and never added to those in another.
 */
export const attributesOf = ({ models, experiments }: AttributeSources): Attribute[] => [
  ...fixed,
  ...models.map(({ model, title }) =>
    plain(`score_${asName(model)}`, 'number', title ?? { es: model, en: model }, {
      is: 'fact',
      fact: scoreColumn(model),
    }),
  ),
  ...experiments.flatMap(({ id, name, running, styles }) => [
    plain(
      `arm_${asName(id)}`,
      'text',
      { es: `brazo en «${name}»`, en: `arm in “${name}”` },
      {
        is: 'arm',
        experiment: id,
        running,
        as: null,
      },
    ),
    plain(
      `style_${asName(id)}`,
      'text',
      { es: `estilo en «${name}»`, en: `style in “${name}”` },
      {
        is: 'arm',
        experiment: id,
        running,
        as: styles,
      },
    ),
  ]),
  ...channels.map((channel) => ({
    ...plain(`address_${channel}`, 'text', addressTitles[channel], { is: 'address', channel }),
    personal: true,
  })),
];

/** The facts that attributes are read from, besides those every account has. */
export const factsOf = (attributes: readonly Attribute[]): string[] => [
  ...new Set(
    attributes.flatMap(({ source }) => {
      if (source.is === 'arm') return source.running ? [armFact(source.experiment)] : [];
      return source.is === 'fact' && source.fact === channelFact ? [channelFact] : [];
    }),
  ),
];
