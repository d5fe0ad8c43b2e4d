import { type Feature, screen } from '../feature.ts';
import Portfolio from './Portfolio.svelte';
import Rejects from './Rejects.svelte';

const portfolio: Feature = {
  title: { es: 'Cartera', en: 'Portfolio' },
  order: 20,
  screens: [screen('/portfolio', Portfolio), screen('/portfolio/loads/:id', Rejects)],
};

export default portfolio;
