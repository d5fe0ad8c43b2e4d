import { type Feature, screen } from '../feature.ts';
import Syncs from './Syncs.svelte';

const syncs: Feature = {
  title: { es: 'Perfiles', en: 'Profiles' },
  order: 61.5,
  under: '/exports',
  screens: [screen('/exports/syncs', Syncs)],
};

export default syncs;
