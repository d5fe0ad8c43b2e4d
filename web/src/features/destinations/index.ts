import { type Feature, screen } from '../feature.ts';
import Destination from './Destination.svelte';
import Destinations from './Destinations.svelte';

const destinations: Feature = {
  title: { es: 'Destinos', en: 'Destinations' },
  order: 61,
  under: '/exports',
  screens: [screen('/exports/destinations', Destinations), screen('/exports/destinations/:id', Destination)],
};

export default destinations;
