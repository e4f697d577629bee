// The manifests as kustomize assembles them: valid by the API's own schemas, without unknown
// fields, with the names, ports, sizes and security that CONTRACT fixes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { parseAllDocuments } from "yaml";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { Namespace } from "kubernetes-models/v1/Namespace";
import { PersistentVolumeClaim } from "kubernetes-models/v1/PersistentVolumeClaim";
import { Service } from "kubernetes-models/v1/Service";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";

import { type_complaints } from "./strict.mjs";

const BASE = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "k8s", "base");
const NAME = "forecast-api-modular";
const MODELS = { Deployment, NetworkPolicy, Namespace, PersistentVolumeClaim, Service,
  ServiceAccount };

function read(file) {
  const documents = parseAllDocuments(readFileSync(join(BASE, file), "utf8"));
  for (const document of documents) assert.deepEqual(document.errors, [], file);
  return documents.map((document) => document.toJS());
}

const kustomization = read("kustomization.yaml")[0];
const objects = kustomization.resources.flatMap(read);
const by_kind = (kind) => objects.find((object) => object.kind === kind);

test("every object is valid and has no unknown field", () => {
  assert.equal(objects.length, 6);
  for (const object of objects) {
    new MODELS[object.kind](structuredClone(object)).validate();
    assert.deepEqual(type_complaints(object), [], object.kind);
  }
});

test("the checks can fail", () => {
  const wrong = structuredClone(by_kind("Deployment"));
  wrong.spec.replicas = "one";
  assert.throws(() => new Deployment(wrong).validate());
  const incomplete = structuredClone(by_kind("Deployment"));
  delete incomplete.spec.selector;
  assert.throws(() => new Deployment(incomplete).validate());
  const unknown = structuredClone(by_kind("Deployment"));
  unknown.spec.template.spec.containers[0].resourses = {};
  assert.match(type_complaints(unknown).join(), /resourses/);
});

test("names, namespace and ports are the contract's", () => {
  assert.equal(kustomization.namespace, NAME);
  assert.equal(by_kind("Namespace").metadata.name, NAME);
  for (const object of objects) {
    if (object.kind !== "Namespace") assert.equal(object.metadata.namespace, NAME, object.kind);
  }
  assert.equal(by_kind("Deployment").metadata.name, NAME);
  const service = by_kind("Service");
  assert.equal(service.metadata.name, NAME);
  const container = by_kind("Deployment").spec.template.spec.containers[0];
  assert.deepEqual(service.spec.ports,
    [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }]);
  assert.deepEqual(container.ports, [{ name: "http", containerPort: 8003, protocol: "TCP" }]);
  const { labels } = by_kind("Deployment").spec.template.metadata;
  for (const [key, value] of Object.entries(service.spec.selector)) {
    assert.equal(labels[key], value);
  }
  assert.deepEqual(by_kind("Deployment").spec.selector.matchLabels, service.spec.selector);
});

test("sizes and probes", () => {
  const container = by_kind("Deployment").spec.template.spec.containers[0];
  assert.deepEqual(container.resources, {
    requests: { cpu: "250m", memory: "256Mi" },
    limits: { cpu: "500m", memory: "512Mi" },
  });
  assert.equal(container.livenessProbe.httpGet.path, "/livez");
  assert.equal(container.readinessProbe.httpGet.path, "/readyz");
});

test("pods meet the restricted standard", () => {
  assert.equal(
    by_kind("Namespace").metadata.labels["pod-security.kubernetes.io/enforce"], "restricted");
  const { spec } = by_kind("Deployment").spec.template;
  assert.equal(spec.securityContext.runAsNonRoot, true);
  assert.ok(spec.securityContext.runAsUser > 0);
  assert.equal(spec.securityContext.seccompProfile.type, "RuntimeDefault");
  assert.equal(spec.automountServiceAccountToken, false);
  assert.equal(by_kind("ServiceAccount").automountServiceAccountToken, false);
  assert.equal(spec.serviceAccountName, by_kind("ServiceAccount").metadata.name);
  for (const container of spec.containers) {
    assert.equal(container.securityContext.allowPrivilegeEscalation, false);
    assert.equal(container.securityContext.readOnlyRootFilesystem, true);
    assert.deepEqual(container.securityContext.capabilities, { drop: ["ALL"] });
  }
});

test("models outlive a restart, and the server has time to drain", () => {
  const { spec } = by_kind("Deployment").spec.template;
  assert.equal(spec.volumes[0].persistentVolumeClaim.claimName,
    by_kind("PersistentVolumeClaim").metadata.name);
  assert.ok(spec.terminationGracePeriodSeconds > 10);
  assert.ok(spec.containers[0].args.includes("--models=/models"));
  assert.equal(spec.containers[0].volumeMounts[0].mountPath, "/models");
});
