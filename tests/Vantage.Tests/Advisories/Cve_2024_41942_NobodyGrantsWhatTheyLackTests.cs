using FsCheck;
using FsCheck.Fluent;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Advisories;

/// <summary>
/// There, somebody who managed users could make an admin. Here any sequence of administrators' actions is played against
/// the rules alone: nobody ends with more than they had and what some giver had at that moment, so that an organization by
/// itself never has more than it began with.
/// </summary>
public sealed class Cve_2024_41942_NobodyGrantsWhatTheyLackTests
{
    private static readonly string[] Texts = [.. RuleTable.Rows.SelectMany(row => row.Scopes.Where(scope => scope != Scope.Global)
        .Select(scope => new Rule(row.Permission, scope).ToString())).Where(text => !text.StartsWith("run.execute", StringComparison.Ordinal))];

    [Fact]
    public void NoSequenceOfActions_WidensAnybody_BeyondWhatSomeGiverHad() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll<int, PositiveInt>((seed, length) =>
        {
            var world = new World(new Random(seed));
            var began = world.Accounts.Select(world.RightsOf).Aggregate((one, other) => one.And(other));
            for (var step = 0; step < Math.Min(length.Get * 2, 80); step++)
                world.Act();
            return world.Accounts.All(account => began.Covers(world.RightsOf(account)));
        }));

    /// <summary>Accounts of one organization, with default roles, roles of its own, and whatever somebody gave them since.</summary>
    private sealed class World
    {
        private static readonly OrganizationId Organization = OrganizationId.New(TimeProvider.System);
        private readonly Random random;
        private readonly Dictionary<UserId, (List<string> Defaults, List<int> Own)> held = [];
        private readonly List<string[]> own = [];

        public World(Random random)
        {
            this.random = random;
            for (var i = 0; i < 3; i++)
                own.Add(Some());
            string[] roles = [.. Role.Defaults.Select(role => role.Name).Where(name => name != "admin")];
            for (var i = 0; i < 5; i++)
                held.Add(UserId.New(TimeProvider.System), ([roles[random.Next(i == 0 ? 2 : roles.Length)]], [random.Next(own.Count)]));
        }

        public IReadOnlyList<UserId> Accounts => [.. held.Keys];

        public Rights RightsOf(UserId account) =>
            AccountRights.Of(true, held[account].Defaults, held[account].Own.SelectMany(role => own[role]));

        public void Act()
        {
            var (actor, target) = (Any(Accounts), Any(Accounts));
            var caller = new UserCaller(actor, "x", RightsOf(actor), Organization, null, DateTimeOffset.MaxValue,
                new HashSet<CollaborationId>(), new HashSet<OrganizationId> { Organization });
            var before = Accounts.ToDictionary(account => account, RightsOf);
            switch (random.Next(4))
            {
                case 0 when caller.Judge(Resource.Role, Operation.Create, Whose.Of(Organization)) is null && Some() is var rules
                    && Granting.MayPutTogether(caller, AccountRights.OfRules(rules)) is null:
                    own.Add(rules);
                    break;
                case 1 when caller.Judge(Resource.Role, Operation.Edit, Whose.Of(Organization)) is null && random.Next(own.Count) is var role
                    && Some() is var next && Granting.MayPutTogether(caller, AccountRights.OfRules(next.Except(own[role]))) is null:
                    own[role] = next;
                    break;
                case 2 when random.Next(own.Count) is var role && Granting.MayGive(caller, Organization, AccountRights.OfRules(own[role])) is null:
                    held[target].Own.Add(role);
                    break;
                case 3 when Any(DefaultRoles.All) is var known && Granting.MayGive(caller, Organization, known.Rights) is null:
                    held[target].Defaults.Add(known.Role.Name);
                    break;
            }

            // Whoever can make a token of the account can do from now on what it can.
            if (Granting.MayActThrough(caller, target, RightsOf(target)) is null)
                Assert.True(before[actor].And(RightsOf(actor)).Covers(RightsOf(target)), "Somebody acts through an account that may do more.");
            foreach (var account in Accounts)
                Assert.True(before[account].And(caller.Rights).Covers(RightsOf(account)), "Somebody was given what their giver lacked.");
        }

        private string[] Some() => [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Any(Texts)).Distinct()];

        private T Any<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
    }
}
