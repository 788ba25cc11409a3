"""The manifests of deploy/kubernetes as `kubectl kustomize` renders them."""
import json
import re
import shutil
import subprocess
import unittest

import harness
from harness import SOURCE_DIR, TestCase, run, serving, write

try:
    import yaml
except ImportError:
    yaml = None

FOLDER = SOURCE_DIR / "deploy/kubernetes"
OVERLAYS = ("staging", "production", "fjordvik")
ARCHIVES = ("base", "large")
SELECTOR = {"app.kubernetes.io/name": "klausul",
            "app.kubernetes.io/component": "server"}


def renderer():
    """The command that renders a kustomization, or None. Debian's kubectl 1.20
    holds a kustomize without `replacements`."""
    if shutil.which("kustomize"):
        return ["kustomize", "build"]
    if shutil.which("kubectl"):
        version = subprocess.run(
            ["kubectl", "version", "--client", "--output", "json"],
            capture_output=True, timeout=60, check=False)
        if version.returncode == 0:
            client = json.loads(version.stdout)["clientVersion"]
            # 1.27 is the first with kustomize 5.
            if (client["major"] == "1"
                    and int(re.match(r"\d+", client["minor"])[0]) >= 27):
                return ["kubectl", "kustomize"]
    return None


RENDERER = renderer()


def render(path):
    """Documents of a kustomization by kind; no two are of one kind."""
    done = subprocess.run([*RENDERER, str(FOLDER / path)],
                          capture_output=True, timeout=120, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{path}: {done.stderr.decode()}")
    documents = list(yaml.safe_load_all(done.stdout))
    by_kind = {document["kind"]: document for document in documents}
    if len(by_kind) != len(documents):
        raise RuntimeError(f"{path}: two documents of one kind")
    return by_kind


def options(arguments):
    """The --name=value of a command line."""
    return dict(re.fullmatch(r"--([a-z-]+)=(.*)", argument).groups()
                for argument in arguments if "=" in argument)


def mebibytes(quantity):
    number, unit = re.fullmatch(r"(\d+)(Mi|Gi)", quantity).groups()
    return int(number) * (1024 if unit == "Gi" else 1)


def cores(quantity):
    return (int(quantity[:-1]) / 1000 if quantity.endswith("m")
            else int(quantity))


@unittest.skipUnless(yaml, "NOT TESTED: python3-yaml is not installed")
@unittest.skipUnless(RENDERER, "NOT TESTED: neither kustomize 5 nor kubectl "
                     "1.27 is installed, and Debian 12 has neither")
class Kubernetes(TestCase):

    @staticmethod
    def overlays():
        return [(name, render(f"overlays/{name}")) for name in OVERLAYS]

    @staticmethod
    def archives():
        return [(name, render(f"archive/{name}")) for name in ARCHIVES]

    def assertLockedUp(self, pod):  # pylint: disable=invalid-name
        """What the level `restricted` asks for, and more."""
        self.assertIs(pod["automountServiceAccountToken"], False)
        security = pod["securityContext"]
        self.assertIs(security["runAsNonRoot"], True)
        # The user of the Dockerfile.
        self.assertEqual(security["runAsUser"], 65532)
        self.assertEqual(security["seccompProfile"],
                         {"type": "RuntimeDefault"})
        for key in ("hostNetwork", "hostPID", "hostIPC", "initContainers"):
            self.assertNotIn(key, pod)
        for volume in pod.get("volumes", []):
            self.assertNotIn("hostPath", volume)
        self.assertEqual(len(pod["containers"]), 1)
        container = pod["containers"][0]
        self.assertEqual(container["securityContext"], {
            "privileged": False, "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}})
        for resource in ("cpu", "memory"):
            self.assertIn(resource, container["resources"]["requests"])
            self.assertIn(resource, container["resources"]["limits"])
        asked, most = (container["resources"][key]
                       for key in ("requests", "limits"))
        self.assertLessEqual(cores(asked["cpu"]), cores(most["cpu"]))
        self.assertLessEqual(mebibytes(asked["memory"]),
                             mebibytes(most["memory"]))

    def test_nothing_is_missing_from_an_overlay(self):
        for name, found in self.overlays():
            kinds = {"Namespace", "Service", "Deployment",
                     "HorizontalPodAutoscaler", "PodDisruptionBudget",
                     "NetworkPolicy"}
            if name == "fjordvik":
                kinds.add("ConfigMap")
            self.assertEqual(set(found), kinds)
            namespace = found.pop("Namespace")["metadata"]
            self.assertEqual(
                namespace["labels"]["pod-security.kubernetes.io/enforce"],
                "restricted")
            for kind, document in found.items():
                self.assertEqual(document["metadata"]["namespace"],
                                 namespace["name"], kind)

    def test_the_pod_has_no_privileges(self):
        for _, found in self.overlays():
            pod = found["Deployment"]["spec"]["template"]["spec"]
            self.assertLockedUp(pod)
            image = pod["containers"][0]["image"]
            self.assertRegex(image, r"^[\w.]+/klausul:[\w.]+$")
            self.assertFalse(image.endswith(":latest"))

    def test_all_selectors_mean_the_pods_of_the_deployment(self):
        for _, found in self.overlays():
            deployment = found["Deployment"]
            spec = deployment["spec"]
            self.assertEqual(spec["template"]["metadata"]["labels"], SELECTOR)
            self.assertEqual(spec["selector"]["matchLabels"], SELECTOR)
            self.assertEqual(found["Service"]["spec"]["selector"], SELECTOR)
            for kind, key in (("PodDisruptionBudget", "selector"),
                              ("NetworkPolicy", "podSelector")):
                self.assertEqual(found[kind]["spec"][key],
                                 {"matchLabels": SELECTOR})
            self.assertEqual(
                found["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"],
                {"apiVersion": "apps/v1", "kind": "Deployment",
                 "name": deployment["metadata"]["name"]})

    def test_the_probes_ask_the_port_that_is_served(self):
        for _, found in self.overlays():
            pod = found["Deployment"]["spec"]["template"]["spec"]
            container = pod["containers"][0]
            self.assertEqual(container["ports"],
                             [{"name": "grpc", "containerPort": 50051}])
            self.assertEqual(options(container["args"])["listen"],
                             "0.0.0.0:50051")
            for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
                self.assertEqual(container[probe]["grpc"]["port"], 50051)
            self.assertEqual(container["readinessProbe"]["grpc"]["service"],
                             "klausul.v1.ComplianceService")
            # A busy pod leaves the service long before it is started anew.
            self.assertLess(self.seconds(container["readinessProbe"]),
                            self.seconds(container["livenessProbe"]))
            service = found["Service"]["spec"]
            self.assertEqual(service["clusterIP"], "None")
            self.assertEqual(service["ports"][0]["port"], 50051)
            self.assertEqual(service["ports"][0]["targetPort"], "grpc")

    @staticmethod
    def seconds(probe):
        return probe["periodSeconds"] * probe["failureThreshold"]

    def test_there_is_time_to_drain(self):
        for _, found in self.overlays():
            pod = found["Deployment"]["spec"]["template"]["spec"]
            container = pod["containers"][0]
            before = container["lifecycle"]["preStop"]["sleep"]["seconds"]
            drain = int(options(container["args"])["drain-seconds"])
            self.assertGreater(pod["terminationGracePeriodSeconds"],
                               before + drain)

    def test_the_memory_limit_covers_the_requests_under_way(self):
        for _, found in self.overlays():
            pod = found["Deployment"]["spec"]["template"]["spec"]
            container = pod["containers"][0]
            given = options(container["args"])
            self.assertGreater(
                mebibytes(container["resources"]["limits"]["memory"]),
                int(given["threads"]) * int(given["max-message-mib"]))

    def test_a_rollout_and_a_drained_node_leave_pods_serving(self):
        for name, found in self.overlays():
            spec = found["Deployment"]["spec"]
            # The autoscaler's number would be undone by each `apply`.
            self.assertNotIn("replicas", spec)
            self.assertEqual(spec["strategy"]["rollingUpdate"],
                             {"maxUnavailable": 0, "maxSurge": 1})
            scaler = found["HorizontalPodAutoscaler"]["spec"]
            self.assertLess(scaler["minReplicas"], scaler["maxReplicas"])
            if name != "staging":
                self.assertGreaterEqual(scaler["minReplicas"], 3)
            self.assertEqual(
                found["PodDisruptionBudget"]["spec"]["maxUnavailable"], 1)

    def test_the_pods_are_spread(self):
        for name, found in self.overlays():
            pod = found["Deployment"]["spec"]["template"]["spec"]
            strict = "ScheduleAnyway" if name == "staging" else "DoNotSchedule"
            self.assertEqual(
                {c["topologyKey"]: c["whenUnsatisfiable"]
                 for c in pod["topologySpreadConstraints"]},
                {"kubernetes.io/hostname": strict,
                 "topology.kubernetes.io/zone": "ScheduleAnyway"})
            for constraint in pod["topologySpreadConstraints"]:
                self.assertEqual(constraint["maxSkew"], 1)
                self.assertEqual(constraint["labelSelector"],
                                 {"matchLabels": SELECTOR})

    def test_only_clients_get_in_and_nothing_gets_out(self):
        for _, found in self.overlays():
            policy = found["NetworkPolicy"]["spec"]
            self.assertEqual(policy["policyTypes"], ["Ingress", "Egress"])
            self.assertEqual(policy["egress"], [])
            self.assertEqual(policy["ingress"], [{
                "from": [{"podSelector": {"matchLabels": {
                    "klausul.example/client": "true"}}}],
                "ports": [{"protocol": "TCP", "port": "grpc"}]}])

    def test_the_server_takes_the_arguments(self):
        for _, found in self.overlays():
            pod = found["Deployment"]["spec"]["template"]["spec"]
            arguments = pod["containers"][0]["args"]
            self.assertEqual(arguments[:2],
                             ["serve", "--listen=0.0.0.0:50051"])
            with serving(*arguments[2:]) as address:
                self.assertCode(run("ping", address), 0)

    def test_the_rules_of_the_config_map_are_loaded_and_hold(self):
        found = render("overlays/fjordvik")
        pod = found["Deployment"]["spec"]["template"]["spec"]
        container = pod["containers"][0]
        config = found["ConfigMap"]
        self.assertEqual(len(pod["volumes"]), 1)
        source = pod["volumes"][0]["configMap"]
        # The digest in the name is what makes a changed rule a rollout.
        self.assertRegex(source["name"], r"^klausul-rules-[a-z0-9]{10}$")
        self.assertEqual(config["metadata"]["name"], source["name"])
        self.assertEqual({item["key"] for item in source["items"]},
                         set(config["data"]))
        self.assertEqual(container["env"], [
            {"name": "KLAUSUL_RULES_DIR", "value": "/rules"}])
        mount = container["volumeMounts"][0]
        self.assertEqual((mount["mountPath"], mount["readOnly"]),
                         ("/rules/no/fjordvik", True))
        # What the pod sees: the image's /rules, and the volume's `subPath`.
        dockerfile = (SOURCE_DIR / "Dockerfile").read_text()
        self.assertIn("COPY --from=build /src/rules /rules", dockerfile)
        rules = self.folder / "image/rules"
        shutil.copytree(SOURCE_DIR / "rules", rules)
        inside = mount["subPath"] + "/"
        for item in source["items"]:
            self.assertTrue(item["path"].startswith(inside))
            write(rules / "no/fjordvik",
                  {item["path"][len(inside):]: config["data"][item["key"]]})
        tested = run("rules", "test", "--rules-dir", rules)
        self.assertCode(tested, 0)
        works = (rules / "no/fjordvik/plans/works.yaml").read_text()
        plan = self.path("plan.yaml", works.replace("max_count: 1",
                                                    "max_count: 2"))
        with serving(env={"KLAUSUL_RULES_DIR": str(rules)}) as address:
            checked = run("check", plan, "--server", address, "--rules",
                          "no.fjordvik", "--format", "json")
        self.assertIn("no.fjordvik.decision.tiers", checked.out)

    def test_the_rules_are_those_of_the_page_on_overlays(self):
        page = (SOURCE_DIR / "docs/overlays.md").read_text()
        folder = FOLDER / "overlays/fjordvik/rules"
        files = sorted(folder.rglob("*.yaml"))
        self.assertEqual(len(files), 4)
        for path in files:
            self.assertIn(f"```yaml\n{path.read_text()}```", page, path.name)

    def test_the_archive_job_has_no_privileges(self):
        for _, found in self.archives():
            self.assertEqual(set(found), {"Job"})
            self.assertLockedUp(found["Job"]["spec"]["template"]["spec"])

    def test_the_shares_of_the_archive_job_are_the_whole(self):
        archive = self.folder / "archive"
        write(archive, {
            f"{n:02}.yaml": harness.plan(plan_id=f"p-{n}") for n in range(20)})
        for name, found in self.archives():
            spec = found["Job"]["spec"]
            self.assertEqual(spec["completionMode"], "Indexed")
            self.assertEqual(spec["completions"],
                             {"base": 8, "large": 64}[name])
            self.assertLessEqual(spec["parallelism"], spec["completions"])
            self.assertEqual(spec["maxFailedIndexes"], spec["completions"])
            pod = spec["template"]["spec"]
            self.assertEqual(pod["restartPolicy"], "Never")
            container = pod["containers"][0]
            self.assertEqual(
                container["env"][0]["valueFrom"]["fieldRef"]["fieldPath"],
                "metadata.annotations["
                "'batch.kubernetes.io/job-completion-index']")
            mounts = {m["name"]: m for m in container["volumeMounts"]}
            self.assertIs(mounts["archive"]["readOnly"], True)
            # As the kubelet does, for the paths of this machine.
            reports = self.folder / name
            reports.mkdir()
            for index in range(spec["completions"]):
                arguments = [
                    argument.replace("$(SHARD)", str(index))
                    .replace("/reports", str(reports))
                    for argument in container["args"]]
                arguments[arguments.index("/archive")] = str(archive)
                done = run(*arguments, "--rules-dir", self.rules)
                self.assertCode(done, 0)
            together = [json.loads(line)["planId"]
                        for path in reports.iterdir()
                        for line in path.read_text().splitlines()]
            self.assertEqual(len(list(reports.iterdir())),
                             spec["completions"])
            self.assertEqual(sorted(together),
                             sorted(f"p-{n}" for n in range(20)))

    def test_envoys_configuration_names_the_servers(self):
        # No Envoy was to be had: that it is YAML and of one piece is all that
        # is known of it.
        config = yaml.safe_load(
            (SOURCE_DIR / "deploy/envoy/envoy.yaml").read_text())
        resources = config["static_resources"]
        cluster, = resources["clusters"]
        self.assertEqual(
            [e["endpoint"]["address"]["socket_address"]["address"]
             for e in cluster["load_assignment"]["endpoints"][0][
                 "lb_endpoints"]],
            ["10.0.0.11", "10.0.0.12", "10.0.0.13"])
        manager = resources["listeners"][0]["filter_chains"][0]["filters"][0]
        hosts = manager["typed_config"]["route_config"]["virtual_hosts"]
        self.assertEqual({r["route"]["cluster"] for r in hosts[0]["routes"]},
                         {cluster["name"]})


if __name__ == "__main__":
    harness.main()
