import { type Feature, screen } from '../feature.ts';
import Loading from './Loading.svelte';
import Rejects from './Rejects.svelte';

const loading: Feature = {
  title: { es: 'Cargas', en: 'Loads' },
  order: 22,
  under: '/portfolio',
  screens: [screen('/portfolio/loads', Loading), screen('/portfolio/loads/:id', Rejects)],
};

export default loading;
