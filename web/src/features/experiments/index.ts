import { type Feature, screen } from '../feature.ts';
import Design from './Design.svelte';
import Experiments from './Experiments.svelte';
import Record from './Record.svelte';

const experiments: Feature = {
  title: { es: 'Experimentos', en: 'Experiments' },
  order: 50,
  screens: [
    screen('/experiments', Experiments),
    screen('/experiments/new', Design),
    screen('/experiments/:id', Record),
  ],
};

export default experiments;
