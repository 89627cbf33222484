/// Reads YAML into the records that each room owns, and names every problem of a file at once, with its line.
///
/// **Start here:** [ServerConfigReader#read] returns a valid [ServerConfig], and [EngineConfigReader#read] a valid
/// `EngineConfig`, or they throw a [ConfigFileException] whose message is ready to print. [AppCodec] and [PoolCodec]
/// read and write single definitions, as the API and the store have them. [Durations], [Sizes] and [Addresses] read the
/// same notations on a command line.
///
/// **How it goes:** `YamlTree` turns the text into `Node`s that know their lines; a `Section` reads one mapping key by
/// key, through a `Kind` for each value; every problem goes into the `Report`. Records check themselves: what they find
/// is traced back to the line of the key. At last `CrossChecks` hold the parts of a file against each other.
///
/// **Threads:** no shared state; everything here may be used from any thread.
@NullMarked
package io.flashcall.server.config;

import org.jspecify.annotations.NullMarked;
