import { type Feature, screen } from '../feature.ts';
import Editor from './Editor.svelte';
import Scorecards from './Scorecards.svelte';

const scorecards: Feature = {
  title: { es: 'Tarjetas de puntaje', en: 'Scorecards' },
  tab: { es: 'Tramos', en: 'Bins' },
  under: '/models',
  order: 38,
  screens: [screen('/models/scorecards', Scorecards), screen('/models/scorecards/:id', Editor)],
};

export default scorecards;
