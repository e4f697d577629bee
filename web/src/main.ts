import './components/planner.js';
