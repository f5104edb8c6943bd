namespace Federation.Tests.Failures.Questions;

internal enum QuestionKind
{
    /// <summary>None is asked: the step comes by itself.</summary>
    None,

    /// <summary>A result that travels inside the commit.</summary>
    Small,

    /// <summary>A result of two parts, uploaded before the commit.</summary>
    Large,

    /// <summary>Arguments too long to travel inside the request.</summary>
    LongArguments,

    /// <summary>Cancelled while the algorithm runs.</summary>
    Cancelled,

    /// <summary>Cancelled while it may be ending.</summary>
    Raced,

    /// <summary>The algorithm runs past the end of the manifest.</summary>
    Expiring,

    /// <summary>Small, and held until a person of the site agreed to what would leave.</summary>
    Approved,

    /// <summary>Small, and over seconds later for good.</summary>
    Short,

    /// <summary>Large, and settled longer ago than payloads are kept, as far as the database knows.</summary>
    Aged,

    /// <summary>Put together at the node, which asks in the person's name.</summary>
    AtNode,

    /// <summary>Of a signed image, in a container with a way outside.</summary>
    Contained,

    /// <summary>No question: a new node is set up.</summary>
    Enrolling,
}
