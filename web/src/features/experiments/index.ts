import { type Feature, screen } from '../feature.ts';
import Design from './design/Design.svelte';
import Experiments from './home/Experiments.svelte';
import Learned from './learned/Learned.svelte';
import Memo from './memo/Memo.svelte';
import Record from './one/Record.svelte';

const experiments: Feature = {
  title: { es: 'Experimentos', en: 'Experiments' },
  order: 50,
  screens: [
    screen('/experiments', Experiments),
    screen('/experiments/new', Design),
    screen('/experiments/learned', Learned),
    screen('/experiments/:id', Record),
    screen('/experiments/:id/memo', Memo),
  ],
};

export default experiments;
