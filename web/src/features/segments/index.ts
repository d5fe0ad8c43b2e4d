import { type Feature, screen } from '../feature.ts';
import Build from './Build.svelte';
import Matrix from './one/Matrix.svelte';
import Segment from './one/Segment.svelte';
import Segments from './Segments.svelte';

const segments: Feature = {
  title: { es: 'Segmentos', en: 'Segments' },
  order: 40,
  screens: [
    screen('/segments', Segments),
    screen('/segments/new', Build),
    screen('/segments/overlap', Matrix),
    screen('/segments/:id', Segment),
  ],
};

export default segments;
