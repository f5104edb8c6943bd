using Vantage.Protocol.Reviews;

namespace Vantage.NodeAgent.Images.Reviews;

/// <summary>Reviewers whose word counts here, as policy.yaml names them.</summary>
/// <param name="Name">What rules, refusals and receipts call them.</param>
/// <param name="Rule">Who they are, and how many of them have to approve.</param>
internal sealed record ReviewerGroup(string Name, ReviewRule Rule);
