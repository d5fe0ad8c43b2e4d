import { type Feature, screen } from '../feature.ts';
import Holdout from './Holdout.svelte';

const holdout: Feature = {
  title: { es: 'Sin contacto', en: 'Holdout' },
  order: 30,
  under: '/experiments',
  screens: [screen('/experiments/holdout', Holdout)],
};

export default holdout;
