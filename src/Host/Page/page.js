import { follow } from '/page/stream.js';

const maxEnded = 20;
const countsEvery = 5000;
const noticeFor = 8000;

const at = id => document.getElementById(id);
const fleet = new Map();
const running = new Map();
let counted = 0;
let connected = false;

/** Text only ever becomes text: nothing that a job or an instance says is read as markup. */
function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text ?? '';
  if (className) made.className = className;
  return made;
}

function duration(seconds) {
  if (seconds == null) return '';
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

const gigabytes = bytes => (bytes / 2 ** 30).toFixed(1);
const moodOf = instance =>
  instance.state === 'up' ? 'good' : instance.state === 'open' ? 'bad' : 'warn';

async function call(method, path) {
  const answer = await fetch(path, { method });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error ?? `${answer.status} ${answer.statusText}`);
  return body;
}

function complain(problem) {
  const notice = at('notice');
  notice.textContent = problem.message;
  notice.hidden = false;
  setTimeout(() => { notice.hidden = true; }, noticeFor);
}

const post = path => call('POST', path).catch(complain);

function showHealth() {
  const instances = [...fleet.values()].filter(instance => instance.state !== 'draining');
  const up = instances.filter(instance => instance.state === 'up').length;
  const [word, mood] = !connected ? ['no connection', 'bad']
    : instances.length === 0 ? ['no instances', 'warn']
    : up === instances.length ? ['healthy', 'good']
    : up > 0 ? ['degraded', 'warn'] : ['critical', 'bad'];
  at('health').textContent = word;
  at('health').className = `badge ${mood}`;
  document.title = word === 'healthy' ? 'AkkaComfy' : `AkkaComfy: ${word}`;
}

function showInstance(instance) {
  fleet.set(instance.id, instance);
  let card = document.querySelector(`#fleet > [data-id="${CSS.escape(instance.id)}"]`);
  if (!card) {
    card = at('instance').content.firstElementChild.cloneNode(true);
    card.dataset.id = instance.id;
    card.querySelector('button').addEventListener('click', () => {
      const verb = fleet.get(instance.id).state === 'draining' ? 'resume' : 'drain';
      post(`/api/instances/${encodeURIComponent(instance.id)}/${verb}`);
    });
    at('fleet').append(card);
  }

  const text = (name, value) => { card.querySelector(`[data-text="${name}"]`).textContent = value; };
  const badge = card.querySelector('.badge');
  card.querySelector('h3').textContent = instance.host;
  badge.textContent = instance.state === 'open' ? `circuit ${instance.circuit.replace('_', ' ')}` : instance.state;
  badge.className = `badge ${moodOf(instance)}`;
  const jobs = card.querySelector('[data-of="jobs"]');
  [jobs.max, jobs.value] = [instance.max_jobs, instance.active_jobs];
  text('jobs', `${instance.active_jobs} of ${instance.max_jobs}`);
  showMemory(card, instance.server?.devices?.find(device => device.vram_total > 0), text);
  const online = instance.connections.filter(state => state === 'online').length;
  text('server', [
    instance.server?.comfyui_version && `ComfyUI ${instance.server.comfyui_version}`,
    `${online} of ${instance.connections.length} sockets`,
  ].filter(Boolean).join(' · '));
  const lacking = instance.missing.map(lack => lack.workflow);
  text('trouble', [instance.last_fault, lacking.length > 0 && `cannot run ${lacking.join(', ')}`]
    .filter(Boolean).join(' · '));
  card.querySelector('button').textContent = instance.state === 'draining' ? 'Resume' : 'Drain';
  showHealth();
}

function showMemory(card, device, text) {
  card.querySelector('[data-row="memory"]').hidden = !device;
  if (device) {
    const used = device.vram_total - device.vram_free;
    card.querySelector('[data-of="memory"]').value = used / device.vram_total;
    text('memory', `${gigabytes(used)} of ${gigabytes(device.vram_total)} GiB`);
  }
}

function jobCell(job) {
  const cell = element('td');
  const link = element('a', job.job_id.slice(0, 8) + '…' + job.job_id.slice(-4));
  link.href = `/api/jobs/${job.job_id}/info`;
  link.title = job.job_id;
  cell.append(link);
  return cell;
}

function rowOf(job) {
  const row = element('tr');
  row.append(
    jobCell(job), element('td', job.type), element('td', job.comfyui_instance), element('td'), element('td'),
    element('td'), element('td'));
  const cancel = element('button', 'Cancel');
  cancel.type = 'button';
  cancel.addEventListener('click', () => post(`/api/jobs/${job.job_id}/cancel`));
  row.cells[4].append(element('progress'), element('span'));
  row.cells[6].append(cancel);
  at('running').append(row);
  return row;
}

function showRunning(job) {
  const known = running.get(job.job_id);
  const begun = job.processing_time_seconds == null
    ? known?.begun ?? performance.now()
    : performance.now() - job.processing_time_seconds * 1000;
  const row = known?.row ?? rowOf(job);
  running.set(job.job_id, { row, begun });
  const [bar, percent] = row.cells[4].children;
  row.cells[2].textContent = job.comfyui_instance;
  row.cells[3].textContent = job.current_node?.class_type ?? job.current_node?.id ?? '';
  [bar.max, bar.value] = [100, job.progress_percentage];
  percent.textContent = ` ${job.progress_percentage} %`;
}

function forget(id) {
  running.get(id)?.row.remove();
  running.delete(id);
}

function showEnded(job, { newest }) {
  forget(job.job_id);
  const rows = at('ended');
  if (rows.querySelector(`[data-id="${CSS.escape(job.job_id)}"]`)) return;
  const row = element('tr');
  row.dataset.id = job.job_id;
  const mood = { completed: 'good', failed: 'bad', cancelled: 'warn' }[job.status];
  row.append(
    jobCell(job), element('td', job.type), element('td', job.comfyui_instance),
    element('td', job.error ? `${job.status}: ${job.error}` : job.status, mood),
    element('td', duration(job.processing_time_seconds)));
  if (newest) rows.prepend(row); else rows.append(row);
  while (rows.rows.length > maxEnded) rows.lastElementChild.remove();
}

async function showCounts() {
  const asked = ++counted;
  const { by_status: counts } = await call('GET', '/api/jobs/stats');
  if (asked === counted) {
    document.querySelectorAll('[data-count]').forEach(count => {
      count.textContent = counts[count.dataset.count] ?? 0;
    });
  }
}

async function showEndedLast() {
  const lists = await Promise.all(['completed', 'failed', 'cancelled']
    .map(status => call('GET', `/api/jobs/list?status=${status}&limit=${maxEnded}`)));
  const jobs = lists.flatMap(list => list.jobs)
    .sort((left, right) => right.completed_at.localeCompare(left.completed_at));
  // What ended meanwhile is newer, and stands there already.
  jobs.forEach(job => showEnded(job, { newest: false }));
}

setInterval(() => {
  for (const { row, begun } of running.values()) {
    row.cells[5].textContent = duration((performance.now() - begun) / 1000);
  }
}, 500);

follow('/api/events', {
  connection(now) {
    connected = now;
    showHealth();
  },
  reset() {
    fleet.clear();
    at('fleet').replaceChildren();
    running.clear();
    at('running').replaceChildren();
    at('ended').replaceChildren();
    showEndedLast().catch(complain);
    showCounts().catch(complain);
  },
  instance: showInstance,
  status(job) {
    if (job.status === 'processing') showRunning(job); else forget(job.job_id);
  },
  progress: showRunning,
  completed: job => showEnded(job, { newest: true }),
  failed: job => showEnded(job, { newest: true }),
  cancelled: job => showEnded(job, { newest: true }),
  removed(job) {
    document.querySelector(`#ended > [data-id="${CSS.escape(job.job_id)}"]`)?.remove();
  },
});

// Only while somebody looks; without a connection the badge says what there is to say.
setInterval(() => {
  if (!document.hidden && connected) showCounts().catch(complain);
}, countsEvery);
