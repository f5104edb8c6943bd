using Vantage.Tests.Coordinator.Persistence;

namespace Vantage.Tests.Coordinator.Tasks.Store;

public sealed class MemoryRunStoreCreation() : RunStoreCreation(new MemoryWorld());

public sealed class MemoryRunStoreClaims() : RunStoreClaims(new MemoryWorld());

public sealed class MemoryRunStoreFairness() : RunStoreFairness(new MemoryWorld());

public sealed class MemoryRunStoreReports() : RunStoreReports(new MemoryWorld());

public sealed class MemoryRunStoreEnds() : RunStoreEnds(new MemoryWorld());

public sealed class MemoryRunStoreTime() : RunStoreTime(new MemoryWorld());

public sealed class MemoryRunStoreSubtasks() : RunStoreSubtasks(new MemoryWorld());

public sealed class MemoryRunStoreTable() : RunStoreTable(new MemoryWorld());

public sealed class MemoryRunStoreFolds() : RunStoreFolds(new MemoryWorld());

public sealed class MemoryRunStoreRaces() : RunStoreRaces(new MemoryWorld());

public sealed class PostgresRunStoreCreation(FreshDatabase fresh)
    : RunStoreCreation(new PostgresWorld(fresh)), IClassFixture<FreshDatabase>;

public sealed class PostgresRunStoreClaims(FreshDatabase fresh)
    : RunStoreClaims(new PostgresWorld(fresh)), IClassFixture<FreshDatabase>;

public sealed class PostgresRunStoreFairness(FreshDatabase fresh)
    : RunStoreFairness(new PostgresWorld(fresh)), IClassFixture<FreshDatabase>;

public sealed class PostgresRunStoreReports(FreshDatabase fresh)
    : RunStoreReports(new PostgresWorld(fresh)), IClassFixture<FreshDatabase>;

public sealed class PostgresRunStoreEnds(FreshDatabase fresh)
    : RunStoreEnds(new PostgresWorld(fresh)), IClassFixture<FreshDatabase>;

public sealed class PostgresRunStoreTime(FreshDatabase fresh)
    : RunStoreTime(new PostgresWorld(fresh)), IClassFixture<FreshDatabase>;

public sealed class PostgresRunStoreSubtasks(FreshDatabase fresh)
    : RunStoreSubtasks(new PostgresWorld(fresh)), IClassFixture<FreshDatabase>;

public sealed class PostgresRunStoreTable(FreshDatabase fresh)
    : RunStoreTable(new PostgresWorld(fresh)), IClassFixture<FreshDatabase>;

public sealed class PostgresRunStoreFolds(FreshDatabase fresh)
    : RunStoreFolds(new PostgresWorld(fresh)), IClassFixture<FreshDatabase>;

public sealed class PostgresRunStoreRaces(FreshDatabase fresh)
    : RunStoreRaces(new PostgresWorld(fresh)), IClassFixture<FreshDatabase>;
