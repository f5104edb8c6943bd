using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Vantage.NodeAgent.Approvals;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.Protocol.Cryptography;
using Vantage.Tests.NodeAgent.Policy;

namespace Vantage.Tests.Advisories;

/// <summary>
/// PySyft ran approved code inside its server. Here a person's word is one more condition and takes none away, and neither
/// node nor Coordinator has any way to run an algorithm's code in its own process.
/// </summary>
public sealed class Cve_2026_31220_ApprovalIsNoSandboxTests
{
    private static readonly string[] Loaders =
    [
        "System.Reflection.Assembly.Load", "System.Reflection.Assembly.LoadFrom", "System.Reflection.Assembly.LoadFile", "System.Reflection.Assembly.UnsafeLoadFrom",
        "System.AppDomain.Load", "System.AppDomain.ExecuteAssembly", "System.Reflection.MethodBase.Invoke", "System.Activator.CreateInstanceFrom",
    ];

    /// <summary>By these the place of a C library is said: that of the host's ODBC driver manager.</summary>
    private static readonly string[] NoLoaders =
        ["System.Runtime.Loader.AssemblyLoadContext.get_Default", "System.Runtime.Loader.AssemblyLoadContext.add_ResolvingUnmanagedDll"];

    [Theory]
    [InlineData(typeof(PolicyGate))]
    [InlineData(typeof(Vantage.Coordinator.Hosting.ErrorMiddleware))]
    public void NeitherNodeNorCoordinator_CanLoadCode(Type host)
    {
        using var image = new PEReader(File.OpenRead(host.Assembly.Location));
        var metadata = image.GetMetadataReader();
        var called = metadata.MemberReferences.Select(metadata.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member => (Type: metadata.GetTypeReference((TypeReferenceHandle)member.Parent), Member: metadata.GetString(member.Name)))
            .Select(call => $"{metadata.GetString(call.Type.Namespace)}.{metadata.GetString(call.Type.Name)}.{call.Member}").ToList();
        var referenced = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToList();

        Assert.NotEmpty(called);
        Assert.DoesNotContain(called, call => Loaders.Contains(call)
            || (call.StartsWith("System.Runtime.Loader.", StringComparison.Ordinal) && !NoLoaders.Contains(call))
            || call.StartsWith("System.Reflection.Emit.", StringComparison.Ordinal));
        Assert.DoesNotContain(referenced, name => name is "Vantage.Algorithms" or "Vantage.Statistics" or "Vantage.Worker"
            || name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) || name == "System.Linq.Dynamic.Core");
    }

    /// <summary>Whatever was approved, the rule has to accept all the same: there is no input by which an approval skips it.</summary>
    [Fact]
    public void AnApproval_IsAskedForOnlyAfterTheRuleAccepted_AndChangesNothingOfTheSandbox()
    {
        var rule = PolicyWorld.Rule with { Approval = new ApprovalRule(BeforeRun: true, BeforeRelease: true, TimeSpan.FromHours(1)) };

        var permit = new RunPermit(rule, new PolicyDecision.Allowed("v", rule.Name), new Dictionary<string, IReadOnlyList<string>>());
        var approved = new Approval(ApprovalGate.BeforeRun, 1, Digest.OfText("all of it"), "v", rule.Name, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));

        Assert.DoesNotContain(typeof(PolicyFacts).GetProperties(), property => property.PropertyType == typeof(Approval));
        Assert.DoesNotContain(typeof(Vantage.NodeAgent.Runtimes.RuntimeJob).GetProperties(), property => property.PropertyType == typeof(Approval));
        Assert.False(approved.Allows(approved.Subject), "An open question is no answer.");
        Assert.Empty(permit.Egress);
    }
}
