using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access.Roles;
using Vantage.Coordinator.Accounts;
using Vantage.Coordinator.Accounts.Devices;
using Vantage.Coordinator.Accounts.Passkeys;
using Vantage.Coordinator.Accounts.Recovery;
using Vantage.Coordinator.Accounts.SecondFactors;
using Vantage.Coordinator.Accounts.Sessions;
using Vantage.Coordinator.Accounts.SignIn;
using Vantage.Coordinator.Accounts.SingleSignOn.People;
using Vantage.Coordinator.Accounts.Tokens;
using Vantage.Coordinator.Algorithms;
using Vantage.Coordinator.Collaborations;
using Vantage.Coordinator.Dictionaries;
using Vantage.Coordinator.Keys;
using Vantage.Coordinator.Nodes;
using Vantage.Coordinator.Organizations;

namespace Vantage.Coordinator.Persistence;

/// <summary>
/// EF Core for administration, where queries are many and rates are low. It maps what the migrations made and makes
/// nothing itself; a test compares the two. Got from <see cref="UnitOfWork.Context"/>, so that it never works without a
/// scope.
/// </summary>
internal sealed class CoordinatorContext(DbContextOptions<CoordinatorContext> options) : DbContext(options)
{
    public DbSet<OrganizationRow> Organizations => Set<OrganizationRow>();

    public DbSet<AccountRow> Accounts => Set<AccountRow>();

    public DbSet<DeviceRow> Devices => Set<DeviceRow>();

    public DbSet<RoleRow> Roles => Set<RoleRow>();

    public DbSet<AccountRoleRow> AccountRoles => Set<AccountRoleRow>();

    public DbSet<TokenRow> Tokens => Set<TokenRow>();

    public DbSet<IdentityRow> Identities => Set<IdentityRow>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<SignInRow> SignIns => Set<SignInRow>();

    public DbSet<RecoveryCodeRow> RecoveryCodes => Set<RecoveryCodeRow>();

    public DbSet<PasskeyRow> Passkeys => Set<PasskeyRow>();

    public DbSet<CodeRow> Codes => Set<CodeRow>();

    public DbSet<CollaborationRow> Collaborations => Set<CollaborationRow>();

    public DbSet<MemberRow> Members => Set<MemberRow>();

    public DbSet<StudyRow> Studies => Set<StudyRow>();

    public DbSet<StudyMemberRow> StudyMembers => Set<StudyMemberRow>();

    public DbSet<NodeRow> Nodes => Set<NodeRow>();

    public DbSet<EnrolmentRow> Enrolments => Set<EnrolmentRow>();

    public DbSet<RevocationRow> KeyRevocations => Set<RevocationRow>();
    public DbSet<DictionaryRow> Dictionaries => Set<DictionaryRow>();

    public DbSet<SubmissionRow> Submissions => Set<SubmissionRow>();

    public DbSet<ReviewRow> Reviews => Set<ReviewRow>();

    public DbSet<StoreRuleRow> StoreRules => Set<StoreRuleRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(DatabaseLogins.Schema);
        modelBuilder.Entity<OrganizationRow>().ToTable("organization");
        modelBuilder.Entity<AccountRow>().ToTable("account");
        modelBuilder.Entity<DeviceRow>().ToTable("account_device").HasKey(row => new { row.AccountId, row.SigningKey });
        modelBuilder.Entity<RoleRow>().ToTable("role");
        modelBuilder.Entity<AccountRoleRow>().ToTable("account_role").HasKey(row => new { row.AccountId, row.RoleId });
        modelBuilder.Entity<TokenRow>().ToTable("api_token");
        modelBuilder.Entity<IdentityRow>().ToTable("account_identity").HasKey(row => new { row.Issuer, row.Subject, row.IsService });
        modelBuilder.Entity<SessionRow>().ToTable("account_session");
        modelBuilder.Entity<SignInRow>().ToTable("account_sign_in").HasKey(row => row.AccountId);
        modelBuilder.Entity<RecoveryCodeRow>().ToTable("account_recovery_code").HasKey(row => new { row.AccountId, row.Hash });
        modelBuilder.Entity<PasskeyRow>().ToTable("account_passkey");
        modelBuilder.Entity<CodeRow>().ToTable("account_code").HasKey(row => row.Hash);
        modelBuilder.Entity<CollaborationRow>().ToTable("collaboration");
        modelBuilder.Entity<MemberRow>().ToTable("collaboration_member").HasKey(row => new { row.CollaborationId, row.OrganizationId });
        modelBuilder.Entity<StudyRow>().ToTable("study");
        modelBuilder.Entity<StudyMemberRow>().ToTable("study_organization").HasKey(row => new { row.StudyId, row.OrganizationId });
        modelBuilder.Entity<NodeRow>().ToTable("node");
        modelBuilder.Entity<EnrolmentRow>().ToTable("node_enrolment").HasKey(row => row.NodeId);
        modelBuilder.Entity<RevocationRow>().ToTable("key_revocations").HasKey(row => row.OrganizationId);
        // Of two admins who publish at once the second is told, or the older list might come to stand last.
        modelBuilder.Entity<RevocationRow>().Property(row => row.Serial).IsConcurrencyToken();
        modelBuilder.Entity<DictionaryRow>().ToTable("dictionary").HasKey(row => new { row.CollaborationId, row.Name, row.Version });
        modelBuilder.Entity<SubmissionRow>().ToTable("algorithm_submission");
        modelBuilder.Entity<ReviewRow>().ToTable("algorithm_review").HasKey(row => new { row.SubmissionId, row.AccountId });
        modelBuilder.Entity<StoreRuleRow>().ToTable("algorithm_rule").HasKey(row => new { row.CollaborationId, row.OrganizationId });
        // What comes first when several are inserted together.
        modelBuilder.Entity<TokenRow>().HasOne<AccountRow>().WithMany().HasForeignKey(row => row.AccountId);
        modelBuilder.Entity<AccountRoleRow>().HasOne<AccountRow>().WithMany().HasForeignKey(row => row.AccountId);
        modelBuilder.Entity<MemberRow>().HasOne<CollaborationRow>().WithMany().HasForeignKey(row => row.CollaborationId);
        modelBuilder.Entity<StudyRow>().HasOne<CollaborationRow>().WithMany().HasForeignKey(row => row.CollaborationId);
        modelBuilder.Entity<StudyMemberRow>().HasOne<StudyRow>().WithMany().HasForeignKey(row => row.StudyId);
        modelBuilder.Entity<EnrolmentRow>().HasOne<NodeRow>().WithOne().HasForeignKey<EnrolmentRow>(row => row.NodeId);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(SnakeCase(property.Name));
            // The ids are minted here, the times there.
            property.ValueGenerated = property.Name == "CreatedAt" && property.DeclaringType.ClrType != typeof(SessionRow)
                ? Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.OnAdd
                : Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
        }
    }

    private static string SnakeCase(string name) => string.Concat(
        name.Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? $"_{char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString()));
}
