import { type Feature, screen } from '../feature.ts';
import Build from './Build.svelte';
import Segments from './Segments.svelte';

const segments: Feature = {
  title: { es: 'Segmentos', en: 'Segments' },
  order: 40,
  screens: [screen('/segments', Segments), screen('/segments/new', Build)],
};

export default segments;
