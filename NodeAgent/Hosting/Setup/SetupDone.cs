using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Hosting.Setup;

/// <summary>What <c>setup</c> answers.</summary>
/// <param name="Fingerprint">Of both keys together: what the organization's admin compares before certifying.</param>
/// <param name="RootFingerprint">Of the organization's root as installed here; absent until it is.</param>
internal sealed record SetupDone(
    NodeId Node,
    OrganizationId Organization,
    string Name,
    string Directory,
    string Fingerprint,
    string SigningFingerprint,
    string EncryptionFingerprint,
    string? RootFingerprint,
    bool Certified)
{
    public void Write(TextWriter text, NodeHome home)
    {
        text.WriteLine($"This is now node {Name} ({Node}) of {Organization}, in {Directory}.\n");
        text.WriteLine($"fingerprint of its keys:  {Fingerprint}");
        if (RootFingerprint is not null)
        {
            text.WriteLine($"fingerprint of the root:  {RootFingerprint}");
        }

        text.WriteLine("\nWhat is next:");
        var step = 1;
        if (RootFingerprint is null)
        {
            text.WriteLine($"  {step++}. Put your organization's root certificate, from its admin, into {home.OwnRoot}.");
        }

        if (!Certified)
        {
            text.WriteLine($"  {step++}. Read the fingerprint to your organization's admin over the phone or the like. They run:");
            text.WriteLine($"       vantage keys certify --node {Node}");
        }

        if (!File.Exists(home.Pins))
        {
            text.WriteLine($"  {step++}. Put pins.jws, from your admin, into {home.Root}: whose signatures this node believes.");
        }

        text.WriteLine($"  {step++}. Say in {home.Policy} what may run here; as it stands, nothing may.");
        text.WriteLine($"     Name the data in {home.Settings}.");
        text.WriteLine($"  {step++}. vantage node check --dir {Directory}");
        text.WriteLine($"  {step}. vantage node run --dir {Directory}");
    }
}
