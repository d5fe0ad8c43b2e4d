import { type Feature, screen } from '../feature.ts';
import Analyse from './Analyse.svelte';

const analyse: Feature = {
  title: { es: 'Datos de otra parte', en: 'Data from elsewhere' },
  order: 40,
  under: '/experiments',
  screens: [screen('/experiments/elsewhere', Analyse)],
};

export default analyse;
