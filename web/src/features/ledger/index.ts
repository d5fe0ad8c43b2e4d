import { type Feature, screen } from '../feature.ts';
import Ledger from './Ledger.svelte';

const ledger: Feature = {
  title: { es: 'Registro', en: 'Ledger' },
  order: 63,
  under: '/exports',
  screens: [screen('/exports/ledger', Ledger)],
};

export default ledger;
