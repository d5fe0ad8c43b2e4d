import type { Rung } from '#core/contract/models/card.ts';
import type { Text } from '#core/text/text.ts';

export interface StratumFigures {
  identification: 'randomised' | 'recorded_propensity' | 'associational';
  rows: number;
  customers: number;
  /** Why it could not be estimated; null where it was. */
  refused: Text | null;
}

const titles: Record<StratumFigures['identification'], Text> = {
  randomised: { es: 'Canal elegido por sorteo', en: 'Channel drawn by lottery' },
  recorded_propensity: {
    es: 'Probabilidad escrita al decidir',
    en: 'Probability written down when deciding',
  },
  associational: {
    es: 'Probabilidad estimada después: una asociación',
    en: 'Probability estimated afterwards: an association',
  },
};

const used: Record<StratumFigures['identification'], Text> = {
  randomised: {
    es: 'Las decisiones se escribieron con su probabilidad, y esta es igual para todos los que podían recibir lo mismo.',
    en: 'Decisions were written down with their probability, which is the same for all who could get the same.',
  },
  recorded_propensity: {
    es: 'Las decisiones se escribieron con su probabilidad, distinta entre personas.',
    en: 'Decisions were written down with their probability, which differs between people.',
  },
  associational: {
    es: 'Sin probabilidades escritas: se estiman de las columnas, y lo que no está en ellas sigue confundido.',
    en: 'No probabilities written down: they are estimated from the columns, and what is not among them still confounds.',
  },
};

const absent: Record<StratumFigures['identification'], Text> = {
  randomised: {
    es: 'Ninguna decisión escrita fue un sorteo entre canales y no contactar, ni hay experimentos con un brazo sin contacto.',
    en: 'No written decision was a lottery between channels and no contact, nor are there experiments with an arm without contact.',
  },
  recorded_propensity: {
    es: 'Ninguna decisión lleva escritas las probabilidades de sus opciones (tabla contact_decisions) sin ser un sorteo.',
    en: 'No decision has the probabilities of its options written down (table contact_decisions) without being a lottery.',
  },
  associational: {
    es: 'No hizo falta: todas las decisiones llevan escritas sus probabilidades.',
    en: 'Not needed: all decisions have their probabilities written down.',
  },
};

const figure = (name: string, es: string, en: string, value: number) => ({ name, title: { es, en }, value });

/** Every rung, best first, with what the data gave for it. */
export function ladderOf(strata: readonly StratumFigures[]): Rung[] {
  return (['randomised', 'recorded_propensity', 'associational'] as const).map((id) => {
    const own = strata.find(({ identification }) => identification === id);
    const figures = own
      ? [
          figure('rows', 'Decisiones', 'Decisions', own.rows),
          figure('customers', 'Personas', 'People', own.customers),
        ]
      : [];
    return {
      id,
      title: titles[id],
      state: own ? (own.refused ? 'refused' : 'used') : id === 'associational' ? 'not_tried' : 'refused',
      reason: own ? (own.refused ?? used[id]) : absent[id],
      figures,
    };
  });
}
