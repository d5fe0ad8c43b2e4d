import { europeanUnionNorms } from '../norms/european-union.ts';
import type { RuleSet } from '../rule-set.ts';

/** Beside the rules of each member state: it sets no hours and no caps, so it never stands alone. */
const set: RuleSet = {
  text: {
    title: { es: 'Unión Europea, decisiones automatizadas', en: 'European Union, automated decisions' },
    summary: {
      es: 'RGPD, art. 22: nada decisivo lo resuelve sólo una máquina, y quien lo pide recibe explicación y persona. Oponerse o retirar el consentimiento se respeta siempre.',
      en: 'GDPR art. 22: nothing decisive is left to a machine alone, and whoever asks gets an explanation and a person. Objecting or withdrawing consent is always respected.',
    },
  },
  id: 'EU-GDPR22',
  version: '1',
  jurisdiction: 'EU',
  overlay: true,
  effectiveFrom: '2018-05-25',
  effectiveTo: null,
  zones: [],
  regions: {},
  uses: [
    {
      rule: 'opt-out',
      parameters: {},
      status: 'primary',
      source: 'RGPD, arts. 7.3 y 21',
    },
  ],
  norms: europeanUnionNorms,
};

export default set;
