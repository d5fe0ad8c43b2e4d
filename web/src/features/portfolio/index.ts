import { type Feature, screen } from '../feature.ts';
import One from './One.svelte';
import Portfolio from './Portfolio.svelte';

const portfolio: Feature = {
  title: { es: 'Cartera', en: 'Portfolio' },
  order: 20,
  tab: { es: 'Tablero', en: 'Dashboard' },
  screens: [screen('/portfolio', Portfolio), screen('/portfolio/kpi/:id', One)],
};

export default portfolio;
