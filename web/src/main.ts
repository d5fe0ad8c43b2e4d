import './api/zod-setup.ts';
import './ui/tokens.css';
import './ui/base.css';
import './ui/vega.css';
import './ui/print.css';
import { mount } from 'svelte';
import App from './App.svelte';

mount(App, { target: document.getElementById('app') as HTMLElement });
