import { type Feature, screen } from '../feature.ts';
import Loading from './Loading.svelte';
import Rejects from './Rejects.svelte';
import Wizard from './wizard/Wizard.svelte';

const loading: Feature = {
  title: { es: 'Cargas', en: 'Loads' },
  order: 22,
  under: '/portfolio',
  screens: [
    screen('/portfolio/loads', Loading),
    screen('/portfolio/loads/new', Wizard),
    screen('/portfolio/loads/:id', Rejects),
  ],
};

export default loading;
