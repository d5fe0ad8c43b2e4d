import type { Channel } from '../../portfolio/tables/people.ts';
import type { Locale, Text } from '../../text/text.ts';

export interface Needed {
  rule: string;
  text: Text;
  fix: Text;
  channels: readonly Channel[];
  patterns: Record<Locale, RegExp>;
}

const every: readonly Channel[] = ['sms', 'email', 'whatsapp', 'letter', 'call'];

/** What a message must say, by channel. */
export const needed: readonly Needed[] = [
  {
    rule: 'missing_sender',
    text: { es: 'no dice quién escribe', en: 'does not say who writes' },
    fix: { es: 'Agregue {{entidad}}.', en: 'Add {{entidad}}.' },
    channels: every,
    patterns: { es: /\{\{\s*entidad\s*\}\}/u, en: /\{\{\s*entidad\s*\}\}/u },
  },
  {
    rule: 'missing_help',
    text: { es: 'no dice dónde pedir ayuda', en: 'does not say where to get help' },
    fix: { es: 'Agregue {{telefono_ayuda}}.', en: 'Add {{telefono_ayuda}}.' },
    channels: every,
    patterns: { es: /\{\{\s*telefono_ayuda\s*\}\}/u, en: /\{\{\s*telefono_ayuda\s*\}\}/u },
  },
  {
    rule: 'missing_opt_out',
    text: { es: 'no dice cómo dejar de recibirlo', en: 'does not say how to stop it' },
    fix: { es: 'Agregue «Responda BAJA».', en: 'Add "Reply STOP".' },
    channels: ['sms', 'email', 'whatsapp'],
    patterns: {
      es: /responda\s+["«“]?baja|darse\s+de\s+baja|\bBAJA\b|(?:dejar\s+de|no\s+desea|no)\s+recibir/iu,
      en: /reply\s+["“]?stop|unsubscribe|opt[\s-]+out|\bSTOP\b|no\s+more\s+(?:messages|emails)/iu,
    },
  },
];
