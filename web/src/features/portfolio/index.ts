import { type Feature, screen } from '../feature.ts';
import Portfolio from './Portfolio.svelte';

const portfolio: Feature = {
  title: { es: 'Cartera', en: 'Portfolio' },
  order: 20,
  tab: { es: 'Tablero', en: 'Dashboard' },
  screens: [screen('/portfolio', Portfolio)],
};

export default portfolio;
