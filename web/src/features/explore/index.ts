import { type Feature, screen } from '../feature.ts';
import Explore from './Explore.svelte';

const explore: Feature = {
  title: { es: 'Explorar', en: 'Explore' },
  order: 65,
  screens: [screen('/explore', Explore)],
};

export default explore;
