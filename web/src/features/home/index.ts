import { type Feature, screen } from '../feature.ts';
import Home from './Home.svelte';

const home: Feature = {
  title: { es: 'Inicio', en: 'Home' },
  order: 10,
  screens: [screen('/', Home)],
};

export default home;
