using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vantage.Protocol.Json;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Client.Crates;

/// <summary>
/// Describes a crate's content as RO-Crate 1.1 with the profile Process Run Crate: one action a run. It says nothing but what
/// is signed or measured, so that whoever verifies makes it again and compares: no word of it can be changed unseen.
/// </summary>
internal static class CrateMetadata
{
    private const string Profile = "https://w3id.org/ro/wfrun/process/0.5";

    public static byte[] Write(CrateContent content)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray("@context");
            json.WriteStringValue("https://w3id.org/ro/crate/1.1/context");
            json.WriteStringValue("https://w3id.org/ro/terms/workflow-run/context");
            json.WriteEndArray();
            json.WriteStartArray("@graph");
            new Graph(json, content).Write();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private sealed class Graph(Utf8JsonWriter json, CrateContent content)
    {
        private readonly Protocol.Manifests.TaskManifest manifest = content.Manifest.Value;

        public void Write()
        {
            Entity(CrateContent.Metadata, "CreativeWork", () =>
            {
                Link("conformsTo", "https://w3id.org/ro/crate/1.1");
                Link("about", "./");
            });
            Root();
            Entity(Profile, "CreativeWork", () =>
            {
                json.WriteString("name", "Process Run Crate");
                json.WriteString("version", "0.5");
            });
            Entity("#terms", "CreativeWork", () => json.WriteString("name", "No licence is granted by this crate: what may be done with it is what the collaboration's members agreed to."));
            Entity(manifest.Algorithm.Text, "SoftwareApplication", () =>
            {
                json.WriteString("name", $"{manifest.Function} of {manifest.Algorithm.Text}");
                json.WriteString("identifier", manifest.Algorithm.Text);
            });
            People();
            foreach (var data in manifest.Data)
            {
                Entity($"#data-{data.Label}", "CreativeWork", () =>
                {
                    json.WriteString("name", data.Label);
                    json.WriteString("identifier", $"{data.Kind.ToExactName()}:{data.Id}");
                    Optional("version", data.Version);
                    Optional("sha256", data.Digest?.ToHex());
                });
            }

            foreach (var file in content.Files)
                File(file);
            foreach (var run in content.Runs)
                Run(run);
        }

        private void Root() => Entity("./", "Dataset", () =>
        {
            Link("conformsTo", Profile);
            json.WriteString("name", $"{manifest.Task}: {manifest.Function} at {manifest.Targets.Count} sites");
            json.WriteString("description", $"The task {manifest.Task} of {manifest.Collaboration}, signed by a person, with what the sites' nodes signed about it. "
                + (manifest.Purpose is { } purpose ? $"Purpose: {purpose}" : "No purpose was stated."));
            json.WriteString("datePublished", Time(manifest.NotBefore));
            json.WriteString("identifier", manifest.Task.ToString());
            Link("license", "#terms");
            Link("author", Urn(content.Manifest.Signer.Principal.ToString()!));
            Links("hasPart", content.Files.Select(file => file.Path));
            Links("mentions", content.Runs.Select(run => $"#{run.Target.Run}"));
        });

        private void People()
        {
            var asker = content.Manifest.Signer;
            Entity(Urn(asker.Principal.ToString()!), "Person", () =>
            {
                json.WriteString("name", asker.Name);
                Link("affiliation", Urn(asker.Organization.ToString()));
            });
            var names = content.Runs.Select(run => run.Receipt?.Node).Append(asker).OfType<Protocol.Identities.CertifiedIdentity>()
                .DistinctBy(signer => signer.Organization).ToDictionary(signer => signer.Organization, signer => signer.Root.Certificate.Name);
            foreach (var organization in content.Runs.Select(run => run.Target.Organization).Prepend(asker.Organization).Distinct())
                Entity(Urn(organization.ToString()), "Organization", () => json.WriteString("name", names.GetValueOrDefault(organization) ?? organization.ToString()));
        }

        private void File(CrateFile file) => Entity(file.Path, "File", () =>
        {
            json.WriteString("name", Path.GetFileName(file.Path));
            json.WriteString("encodingFormat", Path.GetExtension(file.Path) switch
            {
                ".jws" => "application/jose",
                ".json" => "application/json",
                ".sealed" => "application/vnd.vantage.envelope",
                _ => "application/octet-stream",
            });
            json.WriteString("contentSize", file.Size.ToString(CultureInfo.InvariantCulture));
            json.WriteString("sha256", file.Digest.ToHex());
        });

        private void Run(CrateRun run)
        {
            var id = run.Target.Run;
            var sealedHere = content.Files.Where(file => file.Path.StartsWith(CrateContent.Folder(id), StringComparison.Ordinal) && file.Path.EndsWith(".sealed", StringComparison.Ordinal));
            var results = (run.Receipt?.Receipt.Payloads ?? []).Select(payload => $"#{id}-{payload.Kind.ToExactName()}").ToList();
            Entity($"#{id}", "CreateAction", () =>
            {
                json.WriteString("name", $"{manifest.Function} at {run.Target.Organization}");
                Link("instrument", manifest.Algorithm.Text);
                Link("agent", Urn(content.Manifest.Signer.Principal.ToString()!));
                Link("participant", Urn(run.Target.Organization.ToString()));
                Links("object", manifest.Data.Select(data => $"#data-{data.Label}").Prepend(CrateContent.ManifestFile));
                Links("result", (run.Body is { } body ? results.Prepend(body.Path) : results).Concat(sealedHere.Select(file => file.Path)));
                if (run.Inner is { } inner)
                {
                    json.WriteString("startTime", Time(inner.StartedAt));
                    json.WriteString("endTime", Time(inner.FinishedAt));
                }

                json.WriteString("actionStatus", run.Receipt?.Receipt.Outcome switch
                {
                    RunOutcome.Succeeded => "http://schema.org/CompletedActionStatus",
                    null => "http://schema.org/PotentialActionStatus",
                    _ => "http://schema.org/FailedActionStatus",
                });
                Optional("error", run.Receipt?.Receipt.Code);
                if (run.Receipt is not null)
                    Link("subjectOf", CrateContent.Receipt(id));
            });
            foreach (var payload in run.Receipt?.Receipt.Payloads ?? [])
            {
                Entity($"#{id}-{payload.Kind.ToExactName()}", "CreativeWork", () =>
                {
                    json.WriteString("name", $"The {payload.Kind.ToExactName()} as its node sealed it");
                    json.WriteString("contentSize", payload.Size.ToString(CultureInfo.InvariantCulture));
                    json.WriteString("sha256", payload.Digest.ToHex());
                });
            }
        }

        private void Entity(string id, string type, Action members)
        {
            json.WriteStartObject();
            json.WriteString("@id", id);
            json.WriteString("@type", type);
            members();
            json.WriteEndObject();
        }

        private void Link(string name, string id)
        {
            json.WriteStartObject(name);
            json.WriteString("@id", id);
            json.WriteEndObject();
        }

        private void Links(string name, IEnumerable<string> ids)
        {
            json.WriteStartArray(name);
            foreach (var id in ids)
            {
                json.WriteStartObject();
                json.WriteString("@id", id);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private void Optional(string name, string? value)
        {
            if (value is not null)
                json.WriteString(name, value);
        }

        private static string Urn(string id) => $"urn:vantage:{id}";

        private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }
}
